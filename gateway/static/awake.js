// The code stays on the screen while its owner waits in the queue.

async function stay() {
  try {
    if (!document.hidden) await navigator.wakeLock?.request("screen");
  } catch {
    // The battery is low, or the browser says no: the page works without.
  }
}

document.addEventListener("visibilitychange", stay);
stay();
