// Messages to people that hold a link, or answer a request: the ports of iam/ for them.
import type { Language } from '../../views/languages/languages.ts'
import type { ResetMessages } from '../iam/sign-in/forgotten-password.ts'
import type { MadeLink } from '../iam/sign-in/link-token.ts'
import type { RegistrationMessages } from '../iam/sign-in/self-registration.ts'
import type { AccessRequest, EpochSeconds, User } from '../store/records.ts'
import { browserName } from './browser-name.ts'
import { instantIn } from './instant.ts'
import type { Mailer, Recipient } from './mailer.ts'

/** Seconds after which a message without a link is not sent any more. */
const noticeLifetime = 24 * 3600

export const recipientOf = (user: User, language: Language): Recipient => ({
  accountId: user.accountId,
  userId: user.id,
  userName: user.name,
  address: user.email ?? '',
  language,
})

/** The end of a link, in the words of the message. */
const untilOf = (
  expiresAt: EpochSeconds,
  { attributes }: Pick<User, 'attributes'>,
  language: Language,
): string => instantIn(expiresAt, attributes?.timeZone, language)

/** URL of the page of a link for a password, made of the public URL alone (docs/attacks.md 3). */
export type LinkUrl = (token: string) => string

export const resetMessages = (mailer: Mailer, linkUrl: LinkUrl, now: () => EpochSeconds): ResetMessages => ({
  async sendLink(user, { token, expiresAt }, { ip: address, userAgent }, id) {
    const language = await mailer.languageFor(user)
    const facts = {
      url: linkUrl(token),
      until: untilOf(expiresAt, user, language),
      address,
      browser: browserName(userAgent, language),
    }
    await mailer.send(recipientOf(user, language), 'reset-password', facts, {
      lifetime: expiresAt - now(),
      id,
    })
  },
  async sendNoPassword(user, id) {
    const to = recipientOf(user, await mailer.languageFor(user))
    await mailer.send(to, 'no-password', {}, { lifetime: noticeLifetime, id })
  },
})

/** Sends a link of an administrator: an invitation to a person without a password. @returns false when it cannot be sent */
export async function sendPasswordLink(
  mailer: Mailer,
  url: string,
  user: User,
  { expiresAt }: Pick<MadeLink, 'expiresAt'>,
  now: EpochSeconds,
): Promise<boolean> {
  const language = await mailer.languageFor(user)
  return mailer.send(
    recipientOf(user, language),
    user.login === undefined ? 'invitation' : 'password-link',
    { url, until: untilOf(expiresAt, user, language) },
    { lifetime: expiresAt - now },
  )
}

/** @param linkUrl URL of the page of a link that creates an account */
export const registrationMessages = (
  mailer: Mailer,
  { issuer, accountId, linkUrl, now }: RegistrationPlace,
): RegistrationMessages => ({
  async sendLink(email, { token, expiresAt }, id) {
    const language = await mailer.languageFor({ accountId })
    const to = { accountId, userId: undefined, userName: email, address: email, language }
    const facts = { url: linkUrl(token), until: untilOf(expiresAt, {}, language) }
    await mailer.send(to, 'confirm-registration', facts, { lifetime: expiresAt - now(), id })
  },
  async sendKnown(user, id) {
    if (user.emailVerified)
      await mailer.send(
        recipientOf(user, await mailer.languageFor(user)),
        'already-registered',
        { signInUrl: `${issuer}/sign-in` },
        { lifetime: noticeLifetime, id },
      )
  },
})

interface RegistrationPlace {
  readonly issuer: string
  readonly accountId: string
  readonly linkUrl: LinkUrl
  readonly now: () => EpochSeconds
}

/** Sends a link that confirms the address of the person. @param linkUrl URL of the page of such a link */
export const sendAddressLink =
  (mailer: Mailer, linkUrl: LinkUrl, now: () => EpochSeconds) =>
  async (user: User, { token, expiresAt }: MadeLink): Promise<void> => {
    const language = await mailer.languageFor(user)
    const facts = { url: linkUrl(token), until: untilOf(expiresAt, user, language) }
    await mailer.send(recipientOf(user, language), 'verify-address', facts, { lifetime: expiresAt - now() })
  }

/** Sends a link that sets another address of the person. @param linkUrl URL of the page of such a link */
export const sendNewAddressLink =
  (mailer: Mailer, linkUrl: LinkUrl, now: () => EpochSeconds) =>
  (user: User, email: string, link: MadeLink): Promise<void> =>
    sendAddressLink(mailer, linkUrl, now)({ ...user, email }, link)

/** Notifies the person at their former address. */
export const addressChangedMessage =
  (mailer: Mailer, now: () => EpochSeconds) =>
  async (user: User, before: string, newAddress: string): Promise<void> => {
    const language = await mailer.languageFor(user)
    const facts = { at: instantIn(now(), user.attributes?.timeZone, language), newAddress }
    await mailer.send(recipientOf({ ...user, email: before }, language), 'address-changed', facts, {
      lifetime: noticeLifetime,
    })
  }

/**
 * Notifies a person of a decision about their access request, or of the end of the access, at an address that is known to be theirs.
 * When the message cannot be queued, that is logged and the decision remains valid.
 */
export const accessRequestMessages =
  (
    mailer: Pick<Mailer, 'send' | 'isConfigured' | 'languageFor'>,
    issuer: string,
    log: { warn(fields: object, message: string): void },
  ) =>
  async (user: User, { id, roleArn, state, until, decision }: AccessRequest): Promise<void> => {
    if (!mailer.isConfigured || !user.emailVerified) return
    const role = roleArn.slice(roleArn.lastIndexOf('/') + 1)
    const answer = decision?.answer ?? '–'
    const rolesUrl = `${issuer}/account/roles`
    const options = { lifetime: noticeLifetime }
    try {
      const language = await mailer.languageFor(user)
      const to = recipientOf(user, language)
      if (state === 'approved')
        await mailer.send(
          to,
          'access-approved',
          { role, answer, rolesUrl, until: untilOf(until ?? 0, user, language) },
          options,
        )
      if (state === 'refused') await mailer.send(to, 'access-refused', { role, answer }, options)
      if (state === 'ended') await mailer.send(to, 'access-ended', { role, rolesUrl }, options)
    } catch (err) {
      log.warn({ err, request: id }, 'a person was not told by mail')
    }
  }
