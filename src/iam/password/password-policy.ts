// What a new password must be (IAM User Guide, "Set an account password policy": the default). Length is what counts
// (NIST SP 800-63B §5.1.1.2); what everybody tries first is refused.
import { Problem } from '../../problem.ts'
import type { Secret } from '../../secure/secret.ts'

const shortestPassword = 8
export const longestPassword = 128

/** In one sentence, for a form. */
export const passwordRule = `At least ${shortestPassword} characters, not your user name and nothing everybody tries first.`

/** The most used passwords of eight characters and more, in lower case. */
const tooCommon = new Set(
  (
    'password password1 password12 password123 passw0rd p@ssw0rd p@ssword 12345678 123456789 1234567890 11111111 ' +
    '00000000 88888888 87654321 qwertyuiop qwerty123 qwerty12 1q2w3e4r 1q2w3e4r5t 1qaz2wsx iloveyou sunshine ' +
    'princess football baseball superman trustno1 starwars whatever welcome1 letmein1 administrator changeme ' +
    'changeme1 asdfghjkl zxcvbnm1 abcd1234 abc12345 chancery'
  ).split(' '),
)

/** @throws Problem('password_policy_violation') */
export function checkNewPassword(password: Secret, userName: string): void {
  const text = password.reveal().normalize('NFC')
  const length = [...text].length
  const refuse = (message: string) => {
    throw new Problem('password_policy_violation', message)
  }
  if (length < shortestPassword) refuse(`Password should have a minimum length of ${shortestPassword}`)
  if (length > longestPassword) refuse(`Password should have a maximum length of ${longestPassword}`)
  const folded = text.toLowerCase()
  if (folded === userName.toLowerCase()) refuse('Password should not be the user name')
  if (tooCommon.has(folded) || /^(.)\1+$/u.test(folded)) refuse('Password is too common')
}
