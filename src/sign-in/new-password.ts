// A password someone else made is good for one sign-in: it is replaced before anything else happens.
import { newPasswordPage } from '../../views/sign-in-pages.ts'
import { Problem } from '../problem.ts'
import { type Form, field } from '../web/body.ts'
import { sentence } from './problems.ts'
import {
  type Asked,
  type Failure,
  knownOf,
  type Outcome,
  placeOf,
  type StepParts,
  type Visit,
} from './step.ts'

export async function askNewPassword(
  visit: Visit,
  parts: StepParts,
  failure: Failure | undefined,
): Promise<Asked> {
  const { standing } = knownOf(visit)
  const page = newPasswordPage({
    ...visit.target,
    problem: failure?.problem,
    user: standing.userName,
    step: placeOf(visit, 'new-password'),
    rule: await parts.credentials.passwordRule(standing.userId),
  })
  return { page }
}

export async function takeNewPassword(visit: Visit, form: Form, parts: StepParts): Promise<Outcome> {
  const { progress } = knownOf(visit)
  const password = field(form, 'password')
  // Drivers and managers that fill one field are met half-way: the second is compared when it was sent.
  const again = form.get('again') ?? password
  if (password === '') return { kind: 'again', status: 422, problem: 'Type a new password.' }
  if (again !== password)
    return { kind: 'again', status: 422, problem: 'The two passwords are not the same.' }
  let changedAt: number
  try {
    changedAt = await parts.credentials.replaceGivenPassword(progress.userId, password, visit.from)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'conflict') return { kind: 'restart' }
    if (!['password_policy_violation', 'invalid_input', 'validation'].includes(error.code)) throw error
    return { kind: 'again', status: 422, problem: sentence(error.message) }
  }
  // Whoever knew the old password may hold a session (attacks.md 22).
  await parts.sessions.endOthers(progress.userId, undefined)
  return { kind: 'proven', progress: { ...progress, provenAt: visit.now, password: changedAt } }
}
