// The services that policy documents grant access to. Only Allow statements count, and their actions alone: conditions, resources,
// denies and boundaries do not (API reference, GenerateServiceLastAccessedDetails).
import { parseDocument } from '../../policy/language/document.ts'
import { patternOf } from '../../policy/language/pattern.ts'
import { contextOf } from '../../policy/request.ts'

/** Names of the services of this server, by namespace. */
const ownServices: ReadonlyMap<string, string> = new Map([
  ['chancery', 'Chancery Administration'],
  ['decision', 'Chancery Decisions'],
  ['iam', 'AWS Identity and Access Management'],
  ['oidc', 'Chancery OpenID Connect'],
  ['sts', 'AWS Security Token Service'],
])

/** The name of a service; of other services than this server's own only the namespace is known. */
export const serviceName = (namespace: string): string => ownServices.get(namespace) ?? namespace

/** The service of an action such as `iam:ListUsers`, in lower case. */
export const serviceOf = (action: string): string => action.slice(0, action.indexOf(':')).toLowerCase()

const options = { version: '2008-10-17', wildcards: true, arn: 'never', ignoreCase: true } as const
const noContext = contextOf([])

/** The part of an action pattern that names the service: all of it when there is no colon, as in `*`. */
const vendorOf = (pattern: string): string => pattern.split(':', 1)[0] ?? ''

/** Whether an action pattern matches actions of a service. */
function vendorMatcher(pattern: string): (namespace: string) => boolean {
  const vendor = patternOf(vendorOf(pattern), options)
  return (namespace) => vendor.matches(namespace, noContext)
}

/** Whether a pattern matches every action of the services that it matches. */
const isWhole = (pattern: string): boolean => !pattern.includes(':') || /^[^:]*:\*+$/.test(pattern)

export interface Grants {
  /** @param namespace in lower case */
  grants(namespace: string): boolean
  /** Actions that are named with their service: it has no wildcard. */
  readonly named: readonly string[]
}

/** What the Allow statements of a document grant. A document that cannot be read grants nothing. */
export function grantsOf(text: string): Grants {
  const statements = (parseDocument(text, 'identity').document?.statements ?? []).filter(
    ({ effect }) => effect === 'Allow',
  )
  const listed = statements.flatMap(({ actions }) => actions ?? []).map((written) => written.text)
  const granting = listed.map(vendorMatcher)
  const exceptions = statements.flatMap(({ notActions }) =>
    notActions === undefined
      ? []
      : [notActions.filter((written) => isWhole(written.text)).map((written) => vendorMatcher(written.text))],
  )
  return {
    grants: (namespace) =>
      granting.some((matches) => matches(namespace)) ||
      exceptions.some((excluded) => !excluded.some((matches) => matches(namespace))),
    named: listed.filter((action) => action.includes(':') && !/[*?]/.test(vendorOf(action))),
  }
}

export interface Granted {
  /** Namespaces in lower case, sorted. */
  readonly services: readonly string[]
  /** Actions that the documents name without wildcards, as `<service>:<Action>`. */
  readonly actions: readonly string[]
}

/**
 * The services that the documents grant. A wildcard in place of the service grants those of this server and `others`, because no list
 * of all services exists here.
 * @param others namespaces that are known otherwise, such as of recorded attempts
 */
export function grantedBy(documents: readonly string[], others: readonly string[]): Granted {
  const grants = documents.map(grantsOf)
  const named = grants.flatMap((one) => one.named)
  const candidates = new Set([...named.map(serviceOf), ...ownServices.keys(), ...others])
  return {
    services: [...candidates].filter((one) => grants.some((of) => of.grants(one))).sort(),
    actions: [...new Set(named.filter((action) => !/[*?]/.test(action)))],
  }
}
