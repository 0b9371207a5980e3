// Sends today's code to the adult who comes, where the phone knows how to send.

if (navigator.share) document.documentElement.classList.add("can-share");

addEventListener("click", (event) => {
  const text = event.target.closest("[data-share]")?.dataset.share;
  if (!text) return;
  navigator.share({ text }).catch(() => {
    // The person changed their mind: nothing was sent.
  });
});
