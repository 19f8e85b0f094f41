package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// fakeProgram stands for standing in the tests of the harness: this test binary
// under another name.
const fakeProgram = "fake"

// fakeMain is: fake exit N | fake say TEXT | fake ping STORE | fake quit |
// fake serve FILE.
func fakeMain() {
	if len(os.Args) < 2 {
		os.Exit(2)
	}
	if err := fake(os.Args[1], append(os.Args[2:], "")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func fake(verb string, args []string) error {
	switch verb {
	case "exit":
		code, err := strconv.Atoi(args[0])
		if err != nil {
			return err
		}
		os.Exit(code)
	case "say":
		fmt.Println(args[0])
	case "ping":
		return ping(args[0])
	case "quit":
		return fmt.Errorf("it cannot listen today")
	case "serve":
		return fakeServe(args[0])
	}
	return nil
}

// ping checks that a store's flag names something that can be used.
func ping(flag string) error {
	if url, ok := strings.CutPrefix(flag, "--store="); ok {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		_, err = conn.Exec(ctx, "create table ping (n int)")
		return err
	}
	dir, _ := strings.CutPrefix(flag, "--data=")
	return os.Mkdir(dir, 0o700)
}

// fakeServe counts the requests to /add in a file, so that a script can see what
// a kill leaves behind.
func fakeServe(file string) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	var mu sync.Mutex
	mux := http.NewServeMux()
	mux.HandleFunc("POST /add", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err == nil {
			defer f.Close()
			_, err = io.Copy(f, r.Body)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.WriteHeader(http.StatusCreated)
	})
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		text, err := os.ReadFile(file)
		if err != nil {
			http.Error(w, err.Error(), http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(map[string]any{
			"lines": strings.Split(string(text), "\n"), "greeting": r.Header.Get("Greeting"),
			"type": r.Header.Get("Content-Type"), "mood": os.Getenv("MOOD"),
		})
	})
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	srv := &http.Server{Handler: mux}
	context.AfterFunc(ctx, func() { srv.Close() })
	fmt.Printf("fake: listening on http://%s, counting in %s\n", listener.Addr(), file)
	if err := srv.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	fmt.Println("fake: goodbye")
	return nil
}
