// A person as the source: they sign in on any device with the code that the agent shows (RFC 8628), and their ID token is
// exchanged with AssumeRoleWithWebIdentity, for which the account has this server as an OpenID Connect provider. A refresh
// token, held in memory alone, renews the ID token without the person.
import { setTimeout as pause } from 'node:timers/promises'
import { Problem } from '../../problem.ts'
import { type HttpAnswer, jsonObject, type SendRequest } from '../http.ts'
import type { ReadToken } from './token.ts'

export interface DeviceOptions {
  /** Origin of the server, which is its issuer. */
  readonly url: string
  /** A public client with the device grant. */
  readonly clientId: string
  readonly send: SendRequest
  /** Shows the person where to sign in. */
  readonly show: (text: string) => void
}

interface Tokens {
  readonly idToken: string
  readonly refreshToken: string | undefined
}

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/** Seconds between two polls where the server names none (RFC 8628 §3.2), and what `slow_down` adds (§3.5). */
const usualInterval = 5

/** @throws Problem('denied') when the person refuses or the code expires; the next call starts a new sign-in */
export function deviceSignIn({ url, clientId, send, show }: DeviceOptions): ReadToken {
  const post = (path: string, form: Readonly<Record<string, string>>) =>
    send({
      method: 'POST',
      url: url + path,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({ client_id: clientId, ...form }).toString(),
      purpose: 'sign-in by device code',
    })
  let held: Tokens | undefined

  const signIn = async (): Promise<Tokens> => {
    const started = await post('/device/auth', { scope: 'openid offline_access', prompt: 'consent' })
    const answer = jsonObject(started.text)
    const { device_code: code, verification_uri: address, user_code: userCode, interval } = answer
    if (started.status !== 200 || typeof code !== 'string' || typeof userCode !== 'string')
      throw refusal(started)
    show(`sign in at ${String(address)} with the code ${userCode}\n`)
    for (let seconds = typeof interval === 'number' ? interval : usualInterval; ; ) {
      await pause(seconds * 1000)
      const polled = await post('/token', { grant_type: deviceGrant, device_code: code })
      if (polled.status === 200) return tokensIn(polled)
      const { error } = jsonObject(polled.text)
      if (error === 'slow_down') seconds += usualInterval
      else if (error !== 'authorization_pending') throw refusal(polled)
    }
  }

  /** Undefined: the refresh token has ended, and the person must sign in again. */
  const renew = async (refreshToken: string): Promise<Tokens | undefined> => {
    const answer = await post('/token', { grant_type: 'refresh_token', refresh_token: refreshToken })
    if (answer.status === 200) return tokensIn(answer, refreshToken)
    if (answer.status >= 500) throw new Problem('unavailable', `the server answered ${answer.status}`)
    return undefined
  }

  return async () => {
    held = (held?.refreshToken === undefined ? undefined : await renew(held.refreshToken)) ?? (await signIn())
    return held.idToken
  }
}

function tokensIn(answer: HttpAnswer, refreshToken?: string): Tokens {
  const { id_token: idToken, refresh_token: next } = jsonObject(answer.text)
  if (typeof idToken !== 'string') throw refusal(answer)
  return { idToken, refreshToken: typeof next === 'string' ? next : refreshToken }
}

function refusal({ status, text }: HttpAnswer): Problem {
  const { error, error_description: description } = jsonObject(text)
  const reason = [error, description].filter((part) => typeof part === 'string').join(': ')
  return new Problem(
    status >= 500 ? 'unavailable' : 'denied',
    `sign-in by device code: ${reason || `status ${status}`}`,
  )
}
