// A passkey in a sign-in: instead of the password, where it counts as both factors, or as the second factor after it.
import type { PasskeyForm } from '../../../views/sign-in/passkey-form.ts'
import { type Form, field } from '../../web/request/body.ts'
import type { SignInRequest, StepDependencies, StepResult } from '../step.ts'
import { startProgress } from './start-progress.ts'

/** Value of the form's field `factor` that says that the field `credential` has a passkey's response. */
export const passkeyOption = 'passkey'

/**
 * The form that a script sends with the response of a passkey.
 * @param userId whose passkey is wanted as the second factor; undefined: as the first
 */
export async function passkeyForm(
  { interaction, target }: SignInRequest,
  { passkeys }: Pick<StepDependencies, 'passkeys'>,
  userId?: string,
): Promise<PasskeyForm | undefined> {
  const options = await passkeys.requestOptions(interaction.uid, userId)
  return options === undefined ? undefined : { ...target, options }
}

export async function submitPasskey(
  request: SignInRequest,
  form: Form,
  { passkeys, credentials }: Pick<StepDependencies, 'passkeys' | 'credentials'>,
): Promise<StepResult> {
  const { user, interaction, origin } = request
  const unusable = {
    kind: 'invalid',
    status: 401,
    problem: 'This passkey could not be used. Try again or sign in another way.',
  } as const
  const response = field(form, 'credential')
  const verified = await passkeys.verify(interaction.uid, response, user?.progress.userId, origin)
  if (verified === undefined) return unusable
  const { userId, factor, userVerified } = verified
  if (user !== undefined) {
    const amr = [...user.progress.amr, 'hwk', ...(userVerified ? (['user'] as const) : []), 'mfa'] as const
    const trustsBrowser = field(form, 'trust') === 'yes'
    return { kind: 'proven', progress: { ...user.progress, factor, amr, trustsBrowser } }
  }
  const status = await credentials.signInStatus(userId)
  if (status === undefined) return unusable
  const proven = { userId, factor, byPasskey: true, amr: ['hwk', 'user', 'mfa'] } as const
  return { kind: 'proven', progress: startProgress(request, status, proven) }
}
