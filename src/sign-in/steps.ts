// The sign-in steps as one table. The first step that is due is shown, whatever path was requested; when none is due the
// sign-in is complete. The order matters for security: a user with a second factor must use it before a password can be
// changed or a device enrolled.

import { enrols, type SignInRequest, type Step } from './step.ts'
import { showCode, submitCode } from './steps/code.ts'
import {
  showAuthenticator,
  showRecoveryCodes,
  submitAuthenticator,
  submitRecoveryCodes,
} from './steps/enrol.ts'
import { showNewPassword, submitNewPassword } from './steps/new-password.ts'
import { showPassword, submitPassword } from './steps/password.ts'

const unlinked = (request: SignInRequest) => request.user === undefined
const mustShowCode = ({ user }: SignInRequest) =>
  user !== undefined && (user.status.hasTotp || user.status.hasPasskey) && !user.progress.amr.includes('mfa')
// Who did not use the password (identity providers, passkeys) changes it at the next sign-in with it.
const mustChangePassword = ({ user }: SignInRequest) =>
  user?.status.mustChangePassword === true && user.progress.password !== undefined
const mustEnrol = (request: SignInRequest) =>
  request.user !== undefined && enrols(request.user, request.wantsSecondFactor)
const hasUnsavedCodes = (request: SignInRequest) => request.user?.progress.unsavedCodes === true

// biome-ignore format: a table
export const steps: readonly Step[] = [
  { name: 'password',       due: unlinked,           page: showPassword,      submit: submitPassword },
  { name: 'code',           due: mustShowCode,       page: showCode,          submit: submitCode },
  { name: 'new-password',   due: mustChangePassword, page: showNewPassword,   submit: submitNewPassword },
  { name: 'authenticator',  due: mustEnrol,          page: showAuthenticator, submit: submitAuthenticator },
  { name: 'recovery-codes', due: hasUnsavedCodes,    page: showRecoveryCodes, submit: submitRecoveryCodes },
]

/** The step that is due; undefined when the sign-in is complete. */
export const stepOf = (request: SignInRequest): Step | undefined => steps.find((step) => step.due(request))
