// Which entries of the audit trail a person gets a mail about, in one table, so that a change is noticed whichever way it was
// made: on the account page, at the sign-in, by an administrator, by IAM's API or by SCIM.
import { z } from 'zod'
import type { AuditEvent } from '../audit/event.ts'
import type { Trail } from '../audit/trail.ts'
import { byName } from '../iam/lookup.ts'
import type { User } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { browserName } from './browser-name.ts'
import { instantIn } from './instant.ts'
import { mailLanguages } from './language.ts'
import type { Mailer } from './mailer.ts'
import { recipientOf } from './people-messages.ts'
import type { MailWords } from './texts.ts'

/** The member of an entry that identifies the person to notify. */
type Recipient = 'actor' | 'resource' | 'userName'

type NoticeTemplate =
  | 'new-sign-in'
  | 'password-changed'
  | 'password-set'
  | 'factor-added'
  | 'factor-removed'
  | 'recovery-codes-replaced'
  | 'access-key-created'

interface Notice {
  readonly template: NoticeTemplate
  readonly recipient: Recipient
  /** Default: always. */
  readonly when?: (details: Details) => boolean
  readonly factor?: keyof MailWords
}

type Details = ReadonlyMap<string, unknown>

// biome-ignore format: a table
const notices = {
  'signin:SignIn':              { template: 'new-sign-in', recipient: 'actor', when: (d) => d.get('newBrowser') === true },
  'signin:ChoosePassword':      { template: 'password-changed', recipient: 'actor', when: (d) => d.get('first') !== true },
  'signin:ReplacePassword':     { template: 'password-changed', recipient: 'actor' },
  'account:ChangePassword':     { template: 'password-changed', recipient: 'actor' },
  'iam:ChangePassword':         { template: 'password-changed', recipient: 'actor' },
  'iam:CreateLoginProfile':     { template: 'password-set', recipient: 'userName' },
  'iam:UpdateLoginProfile':     { template: 'password-set', recipient: 'userName', when: (d) => d.has('password') },
  'chancery:SetPersonPassword': { template: 'password-set', recipient: 'resource' },
  'signin:EnrolTotp':           { template: 'factor-added', recipient: 'actor', factor: 'totp' },
  'iam:EnableMFADevice':        { template: 'factor-added', recipient: 'userName', factor: 'device' },
  'account:AddPasskey':         { template: 'factor-added', recipient: 'actor', factor: 'passkey' },
  'account:RemovePasskey':      { template: 'factor-removed', recipient: 'actor', factor: 'passkey' },
  'account:RemoveTotp':         { template: 'factor-removed', recipient: 'actor', factor: 'totp' },
  'iam:DeactivateMFADevice':    { template: 'factor-removed', recipient: 'userName', factor: 'device' },
  'chancery:ResetPersonFactors': { template: 'factor-removed', recipient: 'resource', factor: 'allFactors' },
  'signin:NewRecoveryCodes':    { template: 'recovery-codes-replaced', recipient: 'actor', when: (d) => d.get('replaced') === true },
  'iam:CreateAccessKey':        { template: 'access-key-created', recipient: 'userName' },
} as const satisfies Readonly<Record<string, Notice>>

/** Actions that may give a person an address; `before` and `after` of their entries are the person. */
const setAddresses: ReadonlySet<string> = new Set(['chancery:CreatePerson', 'chancery:UpdatePerson'])

/** By action of the audit trail. */
export const noticeOf: ReadonlyMap<string, Notice> = new Map(Object.entries(notices))

/** Seconds after which a notice is not sent any more. */
const lifetime = 24 * 3600

export interface NoticeDependencies {
  readonly store: Store
  readonly mailer: Pick<Mailer, 'send' | 'isConfigured' | 'languageFor'>
  readonly issuer: string
  /** Sends a person a link that confirms their address. */
  readonly sendAddressLink: (userId: string) => Promise<void>
  readonly log: { warn(fields: object, message: string): void }
}

/**
 * The trail, which also queues a mail for each entry that has a notice. When the mail cannot be queued, the entry is recorded all the
 * same, because the change has been made; the failure is logged.
 */
export function withNotices(trail: Trail, deps: NoticeDependencies): Trail {
  return {
    record(event) {
      const { outcome, action } = event
      const notice = noticeOf.get(action)
      const isNotified = outcome === 'done' && (notice !== undefined || setAddresses.has(action))
      return isNotified ? recordAndNotify(trail, deps, event, notice) : trail.record(event)
    },
  }
}

async function recordAndNotify(
  trail: Trail,
  deps: NoticeDependencies,
  event: AuditEvent,
  notice: Notice | undefined,
): Promise<void> {
  await trail.record(event)
  if (!deps.mailer.isConfigured) return
  const sending = notice ? notify(deps, event, notice) : followAddress(deps, event)
  await sending.catch((err: unknown) =>
    deps.log.warn({ err, action: event.action, requestId: event.requestId }, 'a person was not told by mail'),
  )
}

async function notify(
  { store, mailer, issuer }: NoticeDependencies,
  event: AuditEvent,
  { template, recipient, when, factor }: Notice,
): Promise<void> {
  const details: Details = new Map(Object.entries(event.details ?? {}))
  if (when && !when(details)) return
  const user = await personOf(store, event, recipient, details)
  // An address that nobody confirmed may be somebody else's.
  if (user?.email === undefined || !user.emailVerified) return
  const language = await mailer.languageFor(user)
  await mailer.send(
    recipientOf(user, language),
    template,
    {
      at: instantIn(event.at, user.attributes?.timeZone, language),
      address: event.sourceIp,
      browser: browserName(event.userAgent, language),
      accountUrl: `${issuer}/account`,
      factor: factor === undefined ? '' : mailLanguages[language].words[factor],
    },
    { lifetime },
  )
}

const addressed = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().optional(),
  emailVerified: z.boolean(),
})

/** Sends a link that confirms a new address, and a notice to the former address if that was confirmed. */
async function followAddress(
  { store, mailer, sendAddressLink }: NoticeDependencies,
  { accountId, at, details = {} }: AuditEvent,
): Promise<void> {
  const [before, after] = [details['before'], details['after']].map((one) => addressed.safeParse(one).data)
  if (after === undefined || before?.email === after.email || details['confirmEmail'] === false) return
  if (before?.email !== undefined && before.emailVerified) {
    const user = await store.get('user', after.id)
    const language = await mailer.languageFor({ accountId, attributes: user?.attributes })
    await mailer.send(
      { accountId, userId: after.id, userName: after.name, address: before.email, language },
      'address-changed',
      {
        at: instantIn(at, user?.attributes?.timeZone, language),
        newAddress: after.email ?? mailLanguages[language].words.none,
      },
      { lifetime },
    )
  }
  if (after.email !== undefined && !after.emailVerified) await sendAddressLink(after.id)
}

async function personOf(
  store: Store,
  { accountId, actor, resource }: AuditEvent,
  recipient: Recipient,
  details: Details,
): Promise<User | undefined> {
  const own = () =>
    actor?.kind === 'user' && actor.id !== undefined ? store.get('user', actor.id) : undefined
  if (recipient === 'actor') return own()
  const named =
    recipient === 'resource' ? /:user\/(?:.*\/)?([^/]+)$/.exec(resource ?? '')?.[1] : details.get('userName')
  // IAM's operations without a user name are about the caller.
  return typeof named === 'string' ? byName(store, 'user', accountId, named) : own()
}
