// Enrolment of the first second factor: an authenticator app with its QR code and one code, or a passkey where the account takes
// them and scripts run; then recovery codes that are shown once.

import { deviceName, phoneName } from '../../../views/device.ts'
import { passkeyProblems } from '../../../views/sign-in/passkey-form.ts'
import { enrolPage, recoveryCodesGonePage, recoveryCodesPage } from '../../../views/sign-in/sign-in-pages.ts'
import { type Form, field } from '../../web/request/body.ts'
import {
  type Failure,
  type Progress,
  type SignInRequest,
  type StepDependencies,
  type StepPage,
  type StepResult,
  setupPosition,
  userOf,
} from '../step.ts'
import { passkeyOption } from './passkey.ts'

export async function showAuthenticator(
  request: SignInRequest,
  deps: StepDependencies,
  failure: Failure | undefined,
): Promise<StepPage> {
  const { progress } = userOf(request)
  const totp = await deps.credentials.beginTotp(progress.userId, progress.device)
  const allowed = await deps.passkeys.areAllowed(progress.userId)
  const page = enrolPage({
    ...request.target,
    problem: failure?.problem,
    name: failure?.typed ?? phoneName(request.origin.userAgent),
    step: setupPosition(request, 'authenticator'),
    key: totp.key,
    uri: totp.uri,
    qr: await deps.drawQr(totp.uri),
    passkey: allowed
      ? {
          ...request.target,
          options: await deps.passkeys.creationOptions(progress.userId, request.interaction.uid),
          name: deviceName(request.origin.userAgent),
        }
      : undefined,
  })
  return { page, progress: { ...progress, device: totp.device } }
}

export async function submitAuthenticator(
  request: SignInRequest,
  form: Form,
  deps: StepDependencies,
): Promise<StepResult> {
  if (request.option === passkeyOption) return submitNewPasskey(request, form, deps)
  const { progress } = userOf(request)
  const code = field(form, 'code').slice(0, 64).replace(/\s/g, '')
  const { userId, device } = progress
  const name = field(form, 'name')
  const right =
    code !== '' &&
    device !== undefined &&
    (await deps.credentials.finishFirstTotp(userId, { device, code, name }, request.origin))
  if (!right) {
    if (await hasFactorByNow(request, deps)) return { kind: 'restart' }
    return {
      kind: 'invalid',
      status: 422,
      problem: 'Incorrect code. Check that the time on your phone is right, then enter the newest code.',
      typed: name.slice(0, 64),
    }
  }
  return showNewRecoveryCodes(
    request,
    { ...progress, factor: device, device: undefined, amr: [...progress.amr, 'otp', 'mfa'] },
    deps,
  )
}

async function submitNewPasskey(
  request: SignInRequest,
  form: Form,
  deps: StepDependencies,
): Promise<StepResult> {
  const { progress } = userOf(request)
  const given = { response: field(form, 'credential'), name: field(form, 'name') }
  const { uid } = request.interaction
  const result = await deps.passkeys.addFirst(progress.userId, uid, given, request.origin)
  if (result === 'not-first') return { kind: 'restart' }
  if (typeof result === 'string')
    return (await hasFactorByNow(request, deps))
      ? { kind: 'restart' }
      : { kind: 'invalid', status: 422, problem: passkeyProblems[result] }
  return showNewRecoveryCodes(
    request,
    {
      ...progress,
      factor: result.factor,
      device: undefined,
      amr: [...progress.amr, 'hwk', 'user', 'mfa'],
    },
    deps,
  )
}

/** Another browser with the same password enrolled a factor first; this one must now use that factor. */
async function hasFactorByNow(request: SignInRequest, deps: StepDependencies): Promise<boolean> {
  const status = await deps.credentials.signInStatus(userOf(request).progress.userId)
  return status?.hasTotp === true || status?.hasPasskey === true
}

/** Creates recovery codes and shows them in this response; only their hashes are stored. */
async function showNewRecoveryCodes(
  request: SignInRequest,
  progress: Progress,
  deps: StepDependencies,
): Promise<StepResult> {
  const codes = await deps.credentials.newRecoveryCodes(progress.userId, request.origin)
  return {
    kind: 'shown',
    progress: { ...progress, unsavedCodes: true },
    page: recoveryCodesPage({
      action: `${request.path}/recovery-codes`,
      token: request.target.token,
      codes,
      step: setupPosition(request, 'recovery-codes'),
    }),
  }
}

/** The page after a reload or the back button: the codes cannot be shown again. */
export const showRecoveryCodes = (request: SignInRequest): StepPage => ({
  page: recoveryCodesGonePage(request.target),
})

export async function submitRecoveryCodes(
  request: SignInRequest,
  form: Form,
  deps: StepDependencies,
): Promise<StepResult> {
  const { progress } = userOf(request)
  if (form.has('renew')) return showNewRecoveryCodes(request, progress, deps)
  return { kind: 'proven', progress: { ...progress, unsavedCodes: false } }
}
