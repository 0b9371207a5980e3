// Sends today's code to the adult who comes, where the phone knows how to send.

for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.share({ text: button.dataset.share }).catch(() => {
      // The person changed their mind: nothing was sent.
    });
  });
}
