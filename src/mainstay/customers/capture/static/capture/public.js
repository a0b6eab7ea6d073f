// Tell that the form was looked at: a GET counts nothing.
const form = document.querySelector("form[data-seen]");
if (form) {
  fetch(form.dataset.seen, {
    method: "POST",
    body: new URLSearchParams({ token: form.elements.token.value }),
    credentials: "omit",
    keepalive: true,
  }).catch(() => {});
}
