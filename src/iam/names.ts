// Checks of names and paths. The AWS protocol layer has already checked its requests against the service model; pages and the
// start of the server have not, so everything that could break an ARN is refused here as well.
import { Problem } from '../problem.ts'

const longest = {
  user: 64,
  group: 128,
  role: 64,
  policy: 128,
  mfaDevice: 226,
  instanceProfile: 128,
  serverCertificate: 128,
} as const
const wireName = {
  user: 'userName',
  group: 'groupName',
  role: 'roleName',
  policy: 'policyName',
  mfaDevice: 'virtualMFADeviceName',
  instanceProfile: 'instanceProfileName',
  serverCertificate: 'serverCertificateName',
} as const

const isName = (kind: keyof typeof longest, name: string): boolean =>
  name.length <= longest[kind] && /^[\w+=,.@-]+$/.test(name)

/** What a name must be, as the rest of a sentence that its field begins; undefined for a good one. */
export function nameFault(kind: keyof typeof longest, name: string): string | undefined {
  if (isName(kind, name)) return undefined
  return name === '' ? 'is required' : `must be 1 to ${longest[kind]} of A-Z a-z 0-9 _+=,.@-`
}

/** @throws Problem('validation') unless 1…n of `[A-Za-z0-9_+=,.@-]`. */
export function checkName(kind: keyof typeof longest, name: string): string {
  if (isName(kind, name)) return name
  throw new Problem(
    'validation',
    `The specified value for ${wireName[kind]} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  )
}

/** `/` or `/…/`, at most 512 characters; `/` when none is given. @throws Problem('validation') */
export function checkPath(path: string | undefined): string {
  if (path === undefined) return '/'
  if (path.length <= 512 && /^\/([\x21-\x7e]+\/)?$/.test(path)) return path
  throw new Problem(
    'validation',
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  )
}
