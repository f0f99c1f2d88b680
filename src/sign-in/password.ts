// Name and password. What was wrong is never said: unknown name, wrong password and disabled user are one sentence.
import { passwordPage } from '../../views/sign-in-pages.ts'
import { type Form, field } from '../web/body.ts'
import type { Standing } from './credentials.ts'
import type { Asked, Failure, Outcome, StepName, StepParts, Visit } from './step.ts'

const refusal = 'Name or password is wrong.'
/** Longer than any name or password: refused before anything is hashed (attacks.md 23). */
const longestName = 128
const longestPassword = 256

export async function askPassword(
  visit: Visit,
  parts: StepParts,
  failure: Failure | undefined,
): Promise<Asked> {
  const { interaction } = visit
  const signedIn =
    interaction.userId === undefined ? undefined : await parts.credentials.standing(interaction.userId)
  const page = passwordPage({
    ...visit.target,
    problem: failure?.problem,
    username: failure?.typed ?? interaction.loginHint ?? signedIn?.userName ?? '',
    application: interaction.client?.name,
    again: signedIn !== undefined,
    cancel:
      interaction.client === undefined
        ? undefined
        : { action: `${visit.path}/refuse`, token: visit.target.token },
  })
  return { page }
}

export async function takePassword(visit: Visit, form: Form, parts: StepParts): Promise<Outcome> {
  const username = field(form, 'username').trim()
  const password = field(form, 'password')
  const again: Outcome = {
    kind: 'again',
    status: 401,
    problem: refusal,
    typed: username.slice(0, longestName),
  }
  if (username === '' || password === '')
    return { ...again, status: 422, problem: 'Type your name and your password.' }
  if (username.length > longestName || password.length > longestPassword) return again
  const userId = await parts.credentials.checkPassword(username, password, visit.from)
  const standing = userId === undefined ? undefined : await parts.credentials.standing(userId)
  if (standing === undefined) return again
  return {
    kind: 'proven',
    progress: {
      userId: standing.userId,
      amr: ['pwd'],
      provenAt: visit.now,
      device: undefined,
      unsavedCodes: false,
      setup: setupOf(standing, visit.wantsSecondFactor),
    },
  }
}

/** What has to be set up on the way, so that the pages can say how far it is. */
function setupOf(standing: Standing, wantsSecondFactor: boolean): readonly StepName[] {
  const enrols = !standing.hasTotp && (standing.mustEnrolTotp || wantsSecondFactor)
  return [
    ...(standing.mustChangePassword ? (['new-password'] as const) : []),
    ...(enrols ? (['authenticator', 'recovery-codes'] as const) : []),
  ]
}
