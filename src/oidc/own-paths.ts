// Which paths go to oidc-provider. Its router also takes a path in another case and with a slash at its end, while every
// check before it (origin of a form, wrong device codes, throttles, bytes) compares paths exactly. So only the exact
// spellings are passed on, and every other spelling is answered 404.
import { routes } from './configuration.ts'

const exact: ReadonlySet<string> = new Set([
  ...Object.values(routes),
  `${routes.end_session}/confirm`,
  `${routes.end_session}/success`,
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
])

/** Paths with one more segment: an id made here, of `A-Za-z0-9` and `-._~`. */
const withId: readonly string[] = [routes.authorization, routes.code_verification, routes.registration]
const idForm = /^\/[\w.~-]{1,255}$/

/** The path of an endpoint, or its template where the path ends with an id. @param path one that `ownsPath` accepts */
export function routeTemplate(path: string): string {
  if (exact.has(path)) return path
  const folder = withId.find((one) => path.startsWith(`${one}/`))
  return folder === undefined ? 'unmatched' : `${folder}/:id`
}

/** @param path of the request target, as received and without the query */
export function ownsPath(path: string): boolean {
  if (exact.has(path)) return true
  if (exact.has(path.toLowerCase())) return false
  return withId.some((folder) => path.startsWith(folder) && idForm.test(path.slice(folder.length)))
}
