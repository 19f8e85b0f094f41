package privacy

import (
	"crypto/aes"
	"crypto/cipher"
	"errors"
	"fmt"
	"io"
)

var (
	// ErrErased: the key is absent (all zero), because it was erased; what it
	// sealed can never be read again. Not a fault: show "erased".
	ErrErased = errors.New("privacy: the key has been erased")
	// ErrTampered: the sealed bytes are damaged, or belong to another key or
	// another act. Never a consequence of erasure: raise an alarm.
	ErrTampered = errors.New("privacy: sealed data does not belong here or is damaged")
)

// The sealed form, frozen: version, nonce, ciphertext, tag.
const (
	sealVersion = 1
	nonceSize   = 12
	tagSize     = 16

	// Overhead is the number of bytes that sealing adds.
	Overhead = 1 + nonceSize + tagSize
)

// Seal encrypts plain under key and binds it to aad, which is not encrypted and
// not contained in the result: pass the act's digest, so that one vault row
// cannot stand in for another. The cipher is AES-256-GCM (NIST SP 800-38D)
// with a random 96-bit nonce read from rand, good for 2^32 seals under one key.
// The result is Overhead bytes longer than plain. A zero key is [ErrErased]:
// sealing under a key that everyone knows would be publishing.
func Seal(key [32]byte, aad, plain []byte, rand io.Reader) ([]byte, error) {
	b, err := NewBox(key)
	if err != nil {
		return nil, err
	}
	return b.Seal(aad, plain, rand)
}

// Open returns what was sealed. Errors: [ErrErased] for a zero key,
// [ErrTampered] for anything that Seal did not make with this key and aad.
func Open(key [32]byte, aad, sealed []byte) ([]byte, error) {
	b, err := NewBox(key)
	if err != nil {
		return nil, err
	}
	return b.Open(aad, sealed)
}

// A Box is a key made ready: it saves the key schedule, about half the cost of
// sealing a short opening, to a caller that seals or opens several under the
// same key. It is safe for concurrent use. Make one with [NewBox].
type Box struct{ aead cipher.AEAD }

// NewBox prepares key; a zero key is [ErrErased].
func NewBox(key [32]byte) (Box, error) {
	if key == ([32]byte{}) {
		return Box{}, ErrErased
	}
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return Box{}, fmt.Errorf("privacy: prepare the key: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return Box{}, fmt.Errorf("privacy: prepare the key: %w", err)
	}
	return Box{aead}, nil
}

// Seal is like the function [Seal].
func (b Box) Seal(aad, plain []byte, rand io.Reader) ([]byte, error) {
	if b.aead == nil {
		return nil, ErrErased
	}
	out := make([]byte, 1+nonceSize, Overhead+len(plain))
	out[0] = sealVersion
	if _, err := io.ReadFull(rand, out[1:]); err != nil {
		return nil, fmt.Errorf("privacy: seal: no random nonce: %w", err)
	}
	return b.aead.Seal(out, out[1:], plain, aad), nil
}

// Open is like the function [Open].
func (b Box) Open(aad, sealed []byte) ([]byte, error) {
	if b.aead == nil {
		return nil, ErrErased
	}
	if len(sealed) < Overhead {
		return nil, fmt.Errorf("%w: %d bytes, a sealed value has at least %d", ErrTampered, len(sealed), Overhead)
	}
	if sealed[0] != sealVersion {
		return nil, fmt.Errorf("%w: version %d, known is %d", ErrTampered, sealed[0], sealVersion)
	}
	plain, err := b.aead.Open(nil, sealed[1:1+nonceSize], sealed[1+nonceSize:], aad)
	if err != nil {
		return nil, ErrTampered
	}
	return plain, nil
}
