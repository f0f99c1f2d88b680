// The way from stranger to session as one table. The first row that is due is where the visitor is, whatever address
// they ask for; when none is due they are signed in. The order is security: nothing is set or shown to someone who has
// a second factor before they have used it.
import { askCode, takeCode } from './code.ts'
import { askAuthenticator, askRecoveryCodes, takeAuthenticator, takeRecoveryCodes } from './enrol.ts'
import { askNewPassword, takeNewPassword } from './new-password.ts'
import { askPassword, takePassword } from './password.ts'
import { enrols, type Step, type Visit } from './step.ts'

const stranger = (visit: Visit) => visit.known === undefined
const mustShowCode = (visit: Visit) =>
  visit.known?.standing.hasTotp === true && !visit.known.progress.amr.includes('mfa')
// Who came another way did not use the password, and changes it when they do.
const mustChangePassword = (visit: Visit) =>
  visit.known?.standing.mustChangePassword === true && visit.known.progress.upstream === undefined
const mustEnrol = (visit: Visit) => visit.known !== undefined && enrols(visit.known, visit.wantsSecondFactor)
const hasUnsavedCodes = (visit: Visit) => visit.known?.progress.unsavedCodes === true

// biome-ignore format: a table
export const steps: readonly Step[] = [
  { name: 'password',       due: stranger,           page: askPassword,      accept: takePassword },
  { name: 'code',           due: mustShowCode,       page: askCode,          accept: takeCode },
  { name: 'new-password',   due: mustChangePassword, page: askNewPassword,   accept: takeNewPassword },
  { name: 'authenticator',  due: mustEnrol,          page: askAuthenticator, accept: takeAuthenticator },
  { name: 'recovery-codes', due: hasUnsavedCodes,    page: askRecoveryCodes, accept: takeRecoveryCodes },
]

/** Where the visitor is; undefined: everything is proven. */
export const stepOf = (visit: Visit): Step | undefined => steps.find((step) => step.due(visit))
