// The text of every message, in English; languages/ has the others in the same form, and language.ts chooses. `{…}` is
// replaced by a fact of the message; every message also has `organization`, `host` and `user`. Which facts a message has is
// what `facts` lists, and a test holds the texts to it.

export interface MailText {
  readonly subject: string
  /** Paragraphs before the button. */
  readonly body: readonly string[]
  /** Label of the button that leads to the fact `url`. */
  readonly button?: string
  /** Paragraphs after the button. */
  readonly after?: readonly string[]
}

/** Words that become facts of messages. */
export interface MailWords {
  readonly totp: string
  readonly device: string
  readonly passkey: string
  readonly allFactors: string
  /** No address. */
  readonly none: string
  readonly unknownBrowser: string
}

/** Everything that messages need in one language. */
export interface MailLanguage {
  readonly words: MailWords
  readonly texts: Readonly<Record<MailTemplate, MailText>>
}

/** The facts of each message beside `organization`, `host` and `user`. `url` is secret: it is a one-time link. */
export const facts = {
  test: [],
  invitation: ['url', 'until'],
  'password-link': ['url', 'until'],
  'reset-password': ['url', 'until', 'address', 'browser'],
  'no-password': [],
  'verify-address': ['url', 'until'],
  'address-changed': ['at', 'newAddress'],
  'confirm-registration': ['url', 'until'],
  'already-registered': ['signInUrl'],
  'new-sign-in': ['at', 'address', 'browser', 'accountUrl'],
  'password-changed': ['at', 'address', 'browser', 'accountUrl'],
  'password-set': ['at'],
  'factor-added': ['at', 'address', 'browser', 'factor', 'accountUrl'],
  'factor-removed': ['at', 'address', 'browser', 'factor', 'accountUrl'],
  'recovery-codes-replaced': ['at', 'address', 'browser', 'accountUrl'],
  'access-key-created': ['at', 'address'],
  'mail-server-changed': ['who', 'at', 'address', 'before', 'after', 'settingsUrl'],
  'access-approved': ['role', 'until', 'answer', 'rolesUrl'],
  'access-refused': ['role', 'answer'],
  'access-ended': ['role', 'rolesUrl'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type MailTemplate = keyof typeof facts

/** The facts that a message of this template needs. */
export type FactsOf<T extends MailTemplate> = Readonly<Record<(typeof facts)[T][number], string>>

const where = 'Time: {at}. Address: {address}. Browser: {browser}.'
const notYou =
  'If this was not you, change your password at {accountUrl}, end the sessions that you do not know, and tell your administrator.'
const byAdministrator = 'If you did not expect this, ask your administrator.'
const ignore = 'If you did not ask for this, you can ignore this message: nothing has changed.'

export const englishWords: MailWords = {
  totp: 'authenticator app',
  device: 'MFA device',
  passkey: 'passkey',
  allFactors: 'all of them, by an administrator',
  none: 'none',
  unknownBrowser: 'unknown',
}

export const english: Readonly<Record<MailTemplate, MailText>> = {
  test: {
    subject: 'Test message from {organization}',
    body: ['Mail of {host} works. This message was sent by an administrator as a test.'],
  },
  invitation: {
    subject: 'Your account at {organization}',
    body: [
      'An account was created for you at {organization}. Your user name is {user}.',
      'Choose a password to use it. The link works once, until {until}.',
    ],
    button: 'Choose a password',
    after: ['If you do not know {organization}, you can ignore this message.'],
  },
  'password-link': {
    subject: 'Choose a new password at {organization}',
    body: [
      'An administrator sends you a link to choose a new password for your account {user} at {organization}.',
      'The link works once, until {until}. Your second factor stays as it is.',
    ],
    button: 'Choose a new password',
    after: [byAdministrator],
  },
  'reset-password': {
    subject: 'Choose a new password at {organization}',
    body: [
      'A new password was requested for your account {user} at {organization}, from address {address} ({browser}).',
      'The link works once, until {until}. Your second factor stays as it is.',
    ],
    button: 'Choose a new password',
    after: [ignore],
  },
  'no-password': {
    subject: 'Signing in at {organization}',
    body: [
      'A new password was requested for your account {user} at {organization}. This account has no password here: you sign in through your organization or another provider.',
    ],
    after: [ignore],
  },
  'verify-address': {
    subject: 'Confirm your e-mail address at {organization}',
    body: [
      'This address was entered for the account {user} at {organization}. Confirm that it is yours. The link works once, until {until}, and asks you to sign in.',
    ],
    button: 'Confirm this address',
    after: [ignore],
  },
  'address-changed': {
    subject: 'Your e-mail address at {organization} was changed',
    body: [
      'The e-mail address of your account {user} at {organization} was changed to {newAddress}. Time: {at}.',
      'Messages about your account go to the new address once it is confirmed.',
      byAdministrator,
    ],
  },
  'confirm-registration': {
    subject: 'Finish creating your account at {organization}',
    body: [
      'An account at {organization} was requested with this address. Choose a password to create it. The link works once, until {until}.',
    ],
    button: 'Create the account',
    after: [ignore],
  },
  'already-registered': {
    subject: 'You already have an account at {organization}',
    body: [
      'An account at {organization} was requested with this address, but you have one already: {user}.',
      'Sign in at {signInUrl}. If you forgot your password, you can request a new one there.',
    ],
    after: [ignore],
  },
  'new-sign-in': {
    subject: 'New sign-in to your account at {organization}',
    body: [
      'Your account {user} was used to sign in at {organization} from a browser that was not used before.',
      where,
      notYou,
    ],
  },
  'password-changed': {
    subject: 'Your password at {organization} was changed',
    body: ['The password of your account {user} at {organization} was changed.', where, notYou],
  },
  'password-set': {
    subject: 'An administrator changed your password at {organization}',
    body: [
      'An administrator set a password for your account {user} at {organization}. Time: {at}.',
      byAdministrator,
    ],
  },
  'factor-added': {
    subject: 'A second factor was added to your account at {organization}',
    body: ['A second factor ({factor}) was added to your account {user} at {organization}.', where, notYou],
  },
  'factor-removed': {
    subject: 'A second factor was removed from your account at {organization}',
    body: [
      'A second factor ({factor}) was removed from your account {user} at {organization}.',
      where,
      notYou,
    ],
  },
  'recovery-codes-replaced': {
    subject: 'New recovery codes for your account at {organization}',
    body: [
      'New recovery codes were made for your account {user} at {organization}. The earlier ones no longer work.',
      where,
      notYou,
    ],
  },
  'access-key-created': {
    subject: 'An access key was created for your account at {organization}',
    body: [
      'An access key was created for your account {user} at {organization}. Whoever has it can act for you. Time: {at}. Address: {address}.',
      byAdministrator,
    ],
  },
  'mail-server-changed': {
    subject: 'The mail server of {organization} is being changed',
    body: [
      'The mail server that sends the messages of {organization} is being changed. Before: {before}. After: {after}.',
      'By: {who}. Time: {at}. Address: {address}.',
      'You get this message because you administer {organization}. If you did not expect the change, check {settingsUrl} at once: whoever runs the mail server can read links with which people choose a new password.',
    ],
  },
  'access-approved': {
    subject: 'You can now become {role} at {organization}',
    body: [
      'Your request for the role {role} at {organization} was approved. You can become the role until {until}; then it ends by itself.',
      'What the administrator said: {answer}',
      'Get credentials at {rolesUrl}.',
    ],
  },
  'access-refused': {
    subject: 'Your request for {role} at {organization} was refused',
    body: [
      'Your request for the role {role} at {organization} was refused.',
      'What the administrator said: {answer}',
    ],
  },
  'access-ended': {
    subject: 'Your access to {role} at {organization} has ended',
    body: [
      'An administrator ended your access to the role {role} at {organization}. Credentials that you had of it no longer work.',
      'You can ask for it again at {rolesUrl}.',
    ],
  },
}
