// What people can do by mail: a new password, an account. Nothing of it is offered while mail is not configured.
import { confirmAddressPath } from '../../account/address.ts'
import { AddressChange } from '../../iam/sign-in/address-change.ts'
import { ForgottenPassword } from '../../iam/sign-in/forgotten-password.ts'
import type { SignInProviders } from '../../iam/sign-in/providers.ts'
import { SelfRegistration } from '../../iam/sign-in/self-registration.ts'
import {
  addressChangedMessage,
  registrationMessages,
  resetMessages,
  sendNewAddressLink,
} from '../../mail/people-messages.ts'
import { signInLink } from '../../sign-in/by-link/link.ts'
import { createAccountUrl } from '../../sign-in/by-link/register.ts'
import { type Infrastructure, now } from '../infrastructure.ts'

export interface ByMail {
  readonly forgotten: ForgottenPassword
  readonly registration: SelfRegistration
  readonly addressChange: AddressChange
}

export function openByMail(
  { store, trail, hasher, issuer, mailer }: Infrastructure,
  {
    accountId,
    providers,
  }: { readonly accountId: string; readonly providers: Pick<SignInProviders, 'ofAddress'> },
): ByMail {
  const queueOf = (name: string) => (values: object, lifetime: number) =>
    mailer.request(name, { ...values }, { accountId, lifetime })
  const forgotten = new ForgottenPassword({
    store,
    trail,
    now,
    accountId,
    queue: queueOf('forgotten-password'),
    messages: resetMessages(mailer, (token) => signInLink(issuer, token), now),
  })
  mailer.handle('forgotten-password', ({ id }, { typed = '', ip = '', userAgent = '', requestId = '' }) =>
    forgotten.process(id, { typed, ip, userAgent, requestId }),
  )
  const linkUrl = (token: string) => createAccountUrl(issuer, token)
  const registration = new SelfRegistration({
    store,
    hasher,
    trail,
    now,
    accountId,
    providerOf: async (email) => (await providers.ofAddress(email))?.signIn.title,
    queue: queueOf('registration'),
    canSend: () => mailer.isConfigured,
    messages: registrationMessages(mailer, { issuer, accountId, linkUrl, now }),
  })
  mailer.handle('registration', ({ id }, { email = '' }) => registration.process(id, email))
  const addressChange = new AddressChange({
    store,
    trail,
    now,
    providerOf: async (email) => (await providers.ofAddress(email))?.signIn.title,
    sendLink: sendNewAddressLink(mailer, (token) => `${issuer}${confirmAddressPath}?token=${token}`, now),
    notifyChanged: addressChangedMessage(mailer, now),
  })
  return { forgotten, registration, addressChange }
}
