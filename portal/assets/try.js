// Sends what stands in the form of an operation to this register and shows what
// comes back. Without it the page has the same call as a command line. A key is
// kept nowhere: it leaves with the page.
"use strict";
(() => {
  const form = document.getElementById("try-form");
  if (!form) return;
  const at = (id) => document.getElementById(id);
  form.hidden = false;

  // pretty indents a body of JSON and leaves any other as it is, lines included.
  const pretty = (text, media) => {
    if (!/[/+]json/.test(media)) return text;
    try {
      return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      return text;
    }
  };

  const show = (status, headers, body) => {
    at("try-status").textContent = status;
    at("try-headers").textContent = headers;
    at("try-out").textContent = body;
    at("try-answer").hidden = false;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    const headers = { "Content-Type": form.dataset.media };
    if (form.elements.key?.value) headers.Authorization = "Bearer " + form.elements.key.value;
    if (form.elements.purpose?.value) headers.Purpose = form.elements.purpose.value;
    button.setAttribute("aria-busy", "true");
    button.disabled = true;
    show(form.dataset.waiting, "", "");
    try {
      const answer = await fetch(form.dataset.address, {
        method: form.dataset.method,
        headers,
        body: form.elements.body.value,
        credentials: "omit",
      });
      const lines = [...answer.headers].map(([name, value]) => name + ": " + value);
      const text = await answer.text();
      show(answer.status + " " + answer.statusText, lines.join("\n"), pretty(text, answer.headers.get("Content-Type") || ""));
    } catch (failure) {
      show(form.dataset.failed, "", String(failure));
    } finally {
      button.removeAttribute("aria-busy");
      button.disabled = false;
    }
  });
})();
