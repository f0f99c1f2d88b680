// Rules for new passwords: the account's password policy (IAM User Guide, "Set an account password policy"), or a default that only
// requires a minimum length (NIST SP 800-63B §5.1.1.2). The most common passwords are refused under any policy.
import { Problem } from '../../problem.ts'
import type { Secret } from '../../secure/secret.ts'
import type { EpochSeconds, LoginProfile, PasswordPolicy } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'

export const maxPasswordLength = 128

/** For accounts without a password policy. */
export const defaultPasswordPolicy: PasswordPolicy = {
  minimumLength: 8,
  requireSymbols: false,
  requireNumbers: false,
  requireUppercase: false,
  requireLowercase: false,
  allowUsersToChange: false,
  maxAge: undefined,
  reusePrevention: undefined,
  hardExpiry: undefined,
}

/** The policy that applies in an account. */
export const passwordPolicyOf = async (
  store: Pick<Store, 'get'>,
  accountId: string,
): Promise<PasswordPolicy> => (await store.get('account', accountId))?.passwordPolicy ?? defaultPasswordPolicy

/** Kinds of character that a policy may require, with the message where one is missing. */
const required = [
  ['requireUppercase', /\p{Lu}/u, 'Password should have at least one uppercase letter'],
  ['requireLowercase', /\p{Ll}/u, 'Password should have at least one lowercase letter'],
  ['requireNumbers', /\p{Nd}/u, 'Password should have at least one number'],
  // API reference: ! @ # $ % ^ & * ( ) _ + - = [ ] { } | '; others count too.
  ['requireSymbols', /[^\p{L}\p{N}\s]/u, 'Password should have at least one symbol'],
] as const

/** The most common passwords of eight or more characters, in lower case. */
const tooCommon = new Set(
  (
    'password password1 password12 password123 passw0rd p@ssw0rd p@ssword 12345678 123456789 1234567890 11111111 ' +
    '00000000 88888888 87654321 qwertyuiop qwerty123 qwerty12 1q2w3e4r 1q2w3e4r5t 1qaz2wsx iloveyou sunshine ' +
    'princess football baseball superman trustno1 starwars whatever welcome1 letmein1 administrator changeme ' +
    'changeme1 asdfghjkl zxcvbnm1 abcd1234 abc12345 chancery'
  ).split(' '),
)

/** @throws Problem('password_policy_violation') */
export function checkNewPassword(
  password: Secret,
  userName: string,
  policy: PasswordPolicy = defaultPasswordPolicy,
): void {
  const text = password.reveal().normalize('NFC')
  const length = [...text].length
  const refuse = (message: string) => {
    throw new Problem('password_policy_violation', message)
  }
  if (length < policy.minimumLength)
    refuse(`Password should have a minimum length of ${policy.minimumLength}`)
  if (length > maxPasswordLength) refuse(`Password should have a maximum length of ${maxPasswordLength}`)
  for (const [name, test, message] of required) if (policy[name] && !test.test(text)) refuse(message)
  const folded = text.toLowerCase()
  if (folded === userName.toLowerCase()) refuse('Password should not be the user name')
  if (tooCommon.has(folded) || /^(.)\1+$/u.test(folded)) refuse('Password is too common')
}

const day = 86_400

/** Whether a password is older than the policy allows. */
export const isExpired = (
  { changedAt }: Pick<LoginProfile, 'changedAt'>,
  { maxAge }: PasswordPolicy,
  now: EpochSeconds,
): boolean => maxAge !== undefined && now >= changedAt + maxAge * day

/** Whether the password has expired and, by the policy, only an administrator can replace it. */
export const isLocked = (
  login: Pick<LoginProfile, 'changedAt'>,
  policy: PasswordPolicy,
  now: EpochSeconds,
): boolean => policy.hardExpiry === true && isExpired(login, policy, now)

/** Whether the user must replace the password before signing in. */
export const mustReplace = (
  login: Pick<LoginProfile, 'changedAt' | 'mustChange'>,
  policy: PasswordPolicy,
  now: EpochSeconds,
): boolean => login.mustChange || isExpired(login, policy, now)
