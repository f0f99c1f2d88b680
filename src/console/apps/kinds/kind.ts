// What an app is: its client, its usual callback, and the lines that it needs, for the console's page of a new app and for
// docs/apps.md.
import { t, type Words } from '../../../../views/console/message.ts'
import { html } from '../../../../views/html.ts'
import type { ConsoleMessage } from '../../../../views/languages/console/message.ts'

export interface AppValues {
  readonly issuer: string
  readonly clientId: string
  readonly secret: string
  readonly callback: string
  /** Address of the app without a slash at its end: the callback without the path that the product adds. */
  readonly base: string
  /** Path of the callback. */
  readonly path: string
  /** Where the program listens: the port of the callback on this machine; else one of our choice, behind a proxy. */
  readonly port: string
  /** A secret of the app's own, for its sessions: 32 characters. */
  readonly session: string
}

export interface AppLines {
  readonly language: string
  readonly text: string
}

export interface AppKind {
  readonly id: string
  /** Also the title of its section in docs/apps.md. */
  readonly title: string
  /** What the console calls it, when its title is no name of a product. */
  readonly label?: ConsoleMessage
  /** Usual client id. */
  readonly clientId: string
  /** The usual callback. Its path is what the product sends, its address an example. Empty for a program that signs nobody in. */
  readonly callback: string
  /** Fixed callbacks, which do not depend on the address of the app. */
  readonly fixed?: readonly string[]
  /** A public client: it cannot keep a secret and uses PKCE (RFC 6749 section 2.1). */
  readonly isPublic?: boolean
  /** It gets tokens for itself alone (RFC 6749 section 4.4), so it has no callback. */
  readonly signsNobodyIn?: boolean
  /** A program on a device (RFC 8252). */
  readonly isNative?: boolean
  /** People open it at its address. */
  readonly opens?: boolean
  /** Paths below its address to which a sign-out returns. */
  readonly signedOut?: readonly string[]
  /** A second client without a secret, whose id has this ending. */
  readonly companion?: { readonly suffix: string; readonly redirect_uris: readonly string[] }
  readonly files: (values: AppValues) => readonly AppLines[]
  /** Fields of a settings page, where the product has no file. */
  readonly fields?: (values: AppValues) => readonly (readonly [name: string, value: string])[]
}

/** What it is called in English. */
export const labelOf = ({ label, title }: AppKind): string => label ?? title

/** What it is called in the language of the reader. */
export const wordsOf = ({ label, title }: AppKind): Words => (label === undefined ? html`${title}` : t(label))

const originOf = (address: string): string => {
  const url = URL.parse(address)
  return url && /^https?:$/.test(url.protocol) ? url.origin : ''
}

/** What a product adds to its address: `/login/generic_oauth`. */
export const callbackPath = ({ callback }: AppKind): string => callback.slice(originOf(callback).length)

/** Whether a callback is one that the product sends, at whatever address. */
export const fitsKind = (kind: AppKind, callback: string): boolean =>
  kind.fixed !== undefined
    ? kind.fixed.includes(callback)
    : originOf(kind.callback) === '' || callback.endsWith(callbackPath(kind))

/** The address of an app, by its callback; empty for one that has no web address. */
export function baseOf(kind: AppKind, callback: string): string {
  const path = callbackPath(kind)
  const base = callback.endsWith(path) ? callback.slice(0, callback.length - path.length) : ''
  return base.startsWith(originOf(callback)) ? base : originOf(callback)
}

/** The callback reaches a program on this machine without a proxy only when the program listens where the callback points. */
function portOf(callback: string): string {
  const url = URL.parse(callback)
  const isHere = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return isHere && url.port !== '' ? url.port : '4000'
}

/** The values of the lines. @param callback the first redirect URI */
export const valuesOf = (
  kind: AppKind,
  given: Pick<AppValues, 'issuer' | 'clientId' | 'secret' | 'callback' | 'session'>,
): AppValues => ({
  ...given,
  base: baseOf(kind, given.callback),
  path: URL.parse(given.callback)?.pathname ?? '/',
  port: portOf(given.callback),
})

/** Whether the value needs no quoting in the lines of any kind: no character that a file format or a shell treats specially. */
export const isPlain = (value: string): boolean => /^[\w.~:/?[\]@%+=,-]+$/.test(value)

/** The members of a client by its kind, besides what people type. */
export function clientOf(kind: AppKind, callback: string): Readonly<Record<string, unknown>> {
  const base = baseOf(kind, callback)
  return {
    ...(kind.signsNobodyIn && { grant_types: ['client_credentials'] }),
    ...(kind.isPublic && { token_endpoint_auth_method: 'none' }),
    ...(kind.isNative && { application_type: 'native' }),
    ...(kind.signedOut &&
      base !== '' && { post_logout_redirect_uris: kind.signedOut.map((path) => base + path) }),
  }
}
