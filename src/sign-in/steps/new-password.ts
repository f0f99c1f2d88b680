// A generated or administrator-set password is valid for one sign-in and must be replaced before anything else.
import { newPasswordPage } from '../../../views/sign-in/sign-in-pages.ts'
import { Problem } from '../../problem.ts'
import { type Form, field } from '../../web/request/body.ts'
import { sentence } from '../problems.ts'
import {
  type Failure,
  type SignInRequest,
  type StepDependencies,
  type StepPage,
  type StepResult,
  setupPosition,
  userOf,
} from '../step.ts'

export async function showNewPassword(
  request: SignInRequest,
  deps: StepDependencies,
  failure: Failure | undefined,
): Promise<StepPage> {
  const { status } = userOf(request)
  const page = newPasswordPage({
    ...request.target,
    problem: failure?.problem,
    user: status.userName,
    step: setupPosition(request, 'new-password'),
    rule: await deps.credentials.passwordRule(status.userId),
  })
  return { page }
}

export async function submitNewPassword(
  request: SignInRequest,
  form: Form,
  deps: StepDependencies,
): Promise<StepResult> {
  const { progress } = userOf(request)
  const password = field(form, 'password')
  // Some password managers fill only the first field, so the confirmation is compared only when it was sent.
  const again = form.get('again') ?? password
  if (password === '') return { kind: 'invalid', status: 422, problem: 'Enter a new password.' }
  if (again !== password) return { kind: 'invalid', status: 422, problem: 'The passwords do not match.' }
  let changedAt: number
  try {
    changedAt = await deps.credentials.replaceGivenPassword(progress.userId, password, request.origin)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'conflict') return { kind: 'restart' }
    if (!['password_policy_violation', 'invalid_input', 'validation'].includes(error.code)) throw error
    return { kind: 'invalid', status: 422, problem: sentence(error.message) }
  }
  // Someone who knew the old password may have a session (attacks.md 22).
  await deps.sessions.endOthers(progress.userId, undefined)
  return { kind: 'proven', progress: { ...progress, provenAt: request.now, password: changedAt } }
}
