// The first authenticator: scanned, proven by one code, then recovery codes that are shown once.
import { enrolPage, recoveryCodesGonePage, recoveryCodesPage } from '../../views/sign-in-pages.ts'
import { type Form, field } from '../web/body.ts'
import {
  type Asked,
  type Failure,
  knownOf,
  type Outcome,
  type Progress,
  placeOf,
  type StepParts,
  type Visit,
} from './step.ts'

export async function askAuthenticator(
  visit: Visit,
  parts: StepParts,
  failure: Failure | undefined,
): Promise<Asked> {
  const { progress } = knownOf(visit)
  const totp = await parts.credentials.beginTotp(progress.userId, progress.device)
  const page = enrolPage({
    ...visit.target,
    problem: failure?.problem,
    step: placeOf(visit, 'authenticator'),
    key: totp.key,
    uri: totp.uri,
    qr: parts.drawQr(totp.uri),
  })
  return { page, progress: { ...progress, device: totp.device } }
}

export async function takeAuthenticator(visit: Visit, form: Form, parts: StepParts): Promise<Outcome> {
  const { progress } = knownOf(visit)
  const code = field(form, 'code').slice(0, 64).replace(/\s/g, '')
  const { userId, device } = progress
  const right =
    code !== '' &&
    device !== undefined &&
    (await parts.credentials.finishFirstTotp(userId, device, code, visit.from))
  if (!right) {
    // Somebody with the same password was first: who is here shows that they are the same.
    if ((await parts.credentials.standing(userId))?.hasTotp) return { kind: 'restart' }
    return {
      kind: 'again',
      status: 422,
      problem: 'That code does not fit. Check the clock of your phone and type the newest code.',
    }
  }
  return codesShown(
    visit,
    { ...progress, factor: device, device: undefined, amr: [...progress.amr, 'otp', 'mfa'] },
    parts,
  )
}

/** Makes new codes and shows them in this very answer: they are kept nowhere. */
async function codesShown(visit: Visit, progress: Progress, parts: StepParts): Promise<Outcome> {
  const codes = await parts.credentials.newRecoveryCodes(progress.userId, visit.from)
  return {
    kind: 'shown',
    progress: { ...progress, unsavedCodes: true },
    page: recoveryCodesPage({
      action: `${visit.path}/recovery-codes`,
      token: visit.target.token,
      codes,
      step: placeOf(visit, 'recovery-codes'),
    }),
  }
}

/** Reached by reloading or going back: the codes themselves are gone. */
export const askRecoveryCodes = (visit: Visit): Asked => ({ page: recoveryCodesGonePage(visit.target) })

export async function takeRecoveryCodes(visit: Visit, form: Form, parts: StepParts): Promise<Outcome> {
  const { progress } = knownOf(visit)
  if (form.has('renew')) return codesShown(visit, progress, parts)
  return { kind: 'proven', progress: { ...progress, unsavedCodes: false } }
}
