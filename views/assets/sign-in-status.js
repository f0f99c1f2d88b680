// Reads an app's first sign-in again every few seconds, until somebody has signed in. Without this module the page is loaded again.
const pause = 3000
/** After a quarter of an hour. */
const most = 300

const part = document.querySelector('[data-sign-in-status]')
let times = 0

const isDone = () => part.querySelector('[data-state="works"], [data-state="denied"]') !== null

async function look() {
  if (document.visibilityState === 'visible') {
    times += 1
    const answer = await fetch(part.dataset.signInStatus, { redirect: 'manual' })
    // Signed out, or no longer allowed.
    if (!answer.ok) return
    const next = document.createElement('template')
    next.innerHTML = await answer.text()
    // What somebody is about to press stays; what has not changed is not announced again.
    if (next.innerHTML !== part.innerHTML && !part.contains(document.activeElement))
      part.replaceChildren(next.content)
  }
  again()
}

function again() {
  if (!isDone() && times < most) setTimeout(() => look().catch(again), pause)
}

if (part !== null) again()
