// Passkeys on our pages: shows the forms marked `data-passkey` where the browser supports passkeys, runs the ceremony when one
// is sent, and then sends the response in its field `credential`. On the sign-in page the user name field offers passkeys too.

/** Ends the offer in the user name field, because a browser runs one ceremony at a time. */
let offer = new AbortController()

const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))

const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const withIds = (list = []) => list.map((one) => ({ ...one, id: decode(one.id) }))

function publicKeyOf(form) {
  const given = JSON.parse(form.dataset.options)
  return {
    ...given,
    challenge: decode(given.challenge),
    ...(given.user && { user: { ...given.user, id: decode(given.user.id) } }),
    ...(given.allowCredentials && { allowCredentials: withIds(given.allowCredentials) }),
    ...(given.excludeCredentials && { excludeCredentials: withIds(given.excludeCredentials) }),
  }
}

function textOf({ id, rawId, type, response }) {
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']
  const encoded = Object.fromEntries(
    parts.flatMap((part) => (response[part] ? [[part, encode(response[part])]] : [])),
  )
  const transports = response.getTransports?.()
  return JSON.stringify({
    id,
    rawId: encode(rawId),
    type,
    response: { ...encoded, ...(transports && { transports }) },
  })
}

function show(form, name) {
  for (const part of ['waiting', 'failed']) {
    const element = form.querySelector(`[data-passkey-${part}]`)
    if (element) element.hidden = part !== name
  }
}

function send(form, credential) {
  form.elements.namedItem('credential').value = textOf(credential)
  const choice = document.getElementById('trust')
  const field = form.elements.namedItem('trust')
  if (choice && field && field !== choice) field.value = choice.checked ? choice.value : ''
  form.submit()
}

async function run(form) {
  offer.abort()
  offer = new AbortController()
  const button = form.querySelector('button')
  button.disabled = true
  show(form, 'waiting')
  try {
    const publicKey = publicKeyOf(form)
    const credential =
      form.dataset.passkey === 'create'
        ? await navigator.credentials.create({ publicKey })
        : await navigator.credentials.get({ publicKey })
    send(form, credential)
  } catch {
    button.disabled = false
    show(form, 'failed')
    offerPasskeys()
  }
}

/** Passkeys in the suggestions of the user name field, until one is chosen or the form is sent. */
async function offerPasskeys() {
  const form = document.querySelector('form[data-autofill]')
  if (!form || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return
  try {
    const { signal } = offer
    send(
      form,
      await navigator.credentials.get({ publicKey: publicKeyOf(form), mediation: 'conditional', signal }),
    )
  } catch {
    // Ended by a ceremony that the person started, or refused by the browser: the button is still there.
  }
}

if (globalThis.PublicKeyCredential) {
  for (const notice of document.querySelectorAll('[data-passkey-unsupported]')) notice.hidden = true
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      run(form)
    })
  }
  offerPasskeys()
}
