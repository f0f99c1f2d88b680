// `mail:` of the configuration file: the SMTP server that messages are handed to, and whom they are from.
import { z } from 'zod'
import { Secret } from '../secure/secret.ts'

/** A mailbox: the address, and the name that mail programs show with it. */
export interface Mailbox {
  readonly name: string
  readonly address: string
}

export interface MailSettings {
  readonly host: string
  readonly port: number
  /** `starttls`: TLS is required before anything is sent. `none`: neither asked for nor used. */
  readonly security: 'starttls' | 'tls' | 'none'
  readonly login: { readonly user: string; readonly password: Secret } | undefined
  readonly from: Mailbox
  readonly replyTo: Mailbox | undefined
  /** Envelope sender, to which mail servers report what they could not deliver. */
  readonly bouncesTo: string
  /** Name of the organization in the texts; undefined: the host of the issuer. */
  readonly organization: string | undefined
}

const standardPort = { starttls: 587, tls: 465, none: 25 } as const

/** One line: what is in headers must not contain line breaks or other control characters. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^\P{Cc}*$/u, 'must be one line without control characters')

/** Longest address (RFC 5321 §4.5.3.1.3: a path of 256 octets with its brackets). */
const address = z.email('must be an e-mail address').max(254)

/** Whether mail can be sent to this address: ASCII, one address, nothing else. */
export const isMailAddress = (text: string): boolean => address.safeParse(text).success

const mailbox = z.string().transform((text, context): Mailbox => {
  const [, name = '', inBrackets] = /^\s*(?:"?([^"<>]*?)"?\s*)<([^<>]*)>\s*$/.exec(text) ?? []
  const found = inBrackets ?? text.trim()
  if (isMailAddress(found) && line(100).or(z.literal('')).safeParse(name).success)
    return { name, address: found }
  context.addIssue({ code: 'custom', message: 'must be `address@host` or `Name <address@host>`' })
  return z.NEVER
})

export const mailSchema = z
  .strictObject({
    host: z
      .string()
      .regex(/^[A-Za-z0-9.:-]{1,253}$/, 'must be a host name or an address')
      .describe('the SMTP server'),
    port: z.int().min(1).max(65_535).optional().describe('default 587, 465 for `tls`, 25 for `none`'),
    security: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .describe(
        '`starttls` and `tls` send nothing without a valid certificate of the host; `none` has no encryption',
      ),
    user: z.string().min(1).max(512).optional().describe('name to sign in with at the SMTP server'),
    password: z.string().min(1).max(4096).optional(),
    from: mailbox.describe('`address@host` or `Name <address@host>`'),
    reply_to: mailbox.optional(),
    bounces_to: address.optional().describe('envelope sender; default the address of `from`'),
    organization: line(100).optional().describe('name in the texts; default the host of the issuer'),
  })
  .superRefine(({ user, password, security, host }, context) => {
    const fault = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if ((user === undefined) !== (password === undefined))
      fault(user === undefined ? 'user' : 'password', 'user and password must be set together')
    if (security === 'none' && password !== undefined && !loopback.has(host.toLowerCase()))
      fault('security', 'a password would be sent unencrypted: use starttls or tls')
  })
  .transform(
    (given): MailSettings => ({
      host: given.host,
      port: given.port ?? standardPort[given.security],
      security: given.security,
      login:
        given.user === undefined || given.password === undefined
          ? undefined
          : { user: given.user, password: new Secret(given.password) },
      from: given.from,
      replyTo: given.reply_to,
      bouncesTo: given.bounces_to ?? given.from.address,
      organization: given.organization,
    }),
  )

const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1'])

export const mailKeys = [
  'host',
  'port',
  'security',
  'user',
  'password',
  'from',
  'reply_to',
  'bounces_to',
  'organization',
] as const
