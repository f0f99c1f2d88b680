import type { SignInStatus } from '../credentials.ts'
import { enrols, type Progress, type SignInRequest, type StepName } from '../step.ts'

/** Progress after the first factor, with the set-up steps ahead, so that the pages can show `Step 1 of 3`. */
export function startProgress(
  request: Pick<SignInRequest, 'now' | 'wantsSecondFactor'>,
  status: SignInStatus,
  proven: Pick<Progress, 'userId' | 'amr' | 'password' | 'upstream' | 'factor' | 'byPasskey'>,
): Progress {
  const progress = { ...proven, provenAt: request.now, device: undefined, unsavedCodes: false, setup: [] }
  const changes = status.mustChangePassword && proven.password !== undefined
  const setup: readonly StepName[] = [
    ...(changes ? (['new-password'] as const) : []),
    ...(enrols({ progress, status }, request.wantsSecondFactor)
      ? (['authenticator', 'recovery-codes'] as const)
      : []),
  ]
  return { ...progress, setup }
}
