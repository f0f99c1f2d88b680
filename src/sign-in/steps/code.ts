// The second factor: a code from the authenticator app, or a recovery code.
import { codePage, passkeyPage, recoveryPage } from '../../../views/sign-in/sign-in-pages.ts'
import { type Form, field } from '../../web/request/body.ts'
import {
  type Failure,
  type SignInRequest,
  type StepDependencies,
  type StepPage,
  type StepResult,
  userOf,
} from '../step.ts'
import { passkeyForm, passkeyOption, submitPasskey } from './passkey.ts'

/** Value of `with` in the query, and of `factor` in the form, that selects a recovery code. */
export const recoveryOption = 'recovery'

export async function showCode(
  request: SignInRequest,
  deps: StepDependencies,
  failure: Failure | undefined,
): Promise<StepPage> {
  const { status } = userOf(request)
  const asking = {
    ...request.target,
    problem: failure?.problem,
    user: status.userName,
    restart: { action: `${request.path}/restart`, token: request.target.token },
    trustDays: await deps.trusted.daysOf(status.userId),
  }
  if (request.option === recoveryOption) return { page: recoveryPage({ ...asking, back: request.path }) }
  const recovery = `${request.path}?with=${recoveryOption}`
  const passkey = status.hasPasskey ? await passkeyForm(request, deps, status.userId) : undefined
  const page =
    passkey !== undefined && !status.hasTotp
      ? passkeyPage({ ...asking, recovery, passkey })
      : codePage({ ...asking, recovery, passkey })
  return { page }
}

export async function submitCode(
  request: SignInRequest,
  form: Form,
  deps: StepDependencies,
): Promise<StepResult> {
  if (request.option === passkeyOption) return submitPasskey(request, form, deps)
  const { progress } = userOf(request)
  const code = digitsAndLetters(field(form, 'code'))
  const recovering = field(form, 'factor') === recoveryOption
  if (code === '') return { kind: 'invalid', status: 422, problem: 'Enter the code.' }
  const { credentials } = deps
  const factor = recovering
    ? await credentials.spendRecoveryCode(progress.userId, code, request.origin)
    : await credentials.spendTotp(progress.userId, code, request.origin)
  if (factor === undefined)
    return { kind: 'invalid', status: 401, problem: 'Incorrect code, or a code that was already used.' }
  return {
    kind: 'proven',
    progress: {
      ...progress,
      factor,
      amr: [...progress.amr, recovering ? 'kba' : 'otp', 'mfa'],
      trustsBrowser: !recovering && field(form, 'trust') === 'yes',
    },
  }
}

/** Removes spaces, which people type within codes. Cut to 64 characters so that oversized input is not processed. */
const digitsAndLetters = (text: string): string => text.slice(0, 64).replace(/\s/g, '')
