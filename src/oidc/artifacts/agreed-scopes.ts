// The scopes, claims and resource scopes that a person agreed to, and the union of two such agreements.

/** The parts of a grant that a person agrees to. */
export interface Allowed {
  readonly openid?:
    | { readonly scope?: string | undefined; readonly claims?: readonly string[] | undefined }
    | undefined
  readonly resources?: Readonly<Record<string, string>> | undefined
}

const words = (...texts: readonly (string | undefined)[]): string =>
  [...new Set(texts.flatMap((text) => text?.split(' ') ?? []).filter((word) => word !== ''))].join(' ')

/** Both together. */
export function united(old: Allowed, more: Allowed): Allowed {
  const ids = new Set([...Object.keys(old.resources ?? {}), ...Object.keys(more.resources ?? {})])
  return {
    openid: {
      scope: words(old.openid?.scope, more.openid?.scope),
      claims: [...new Set([...(old.openid?.claims ?? []), ...(more.openid?.claims ?? [])])],
    },
    resources: Object.fromEntries(
      [...ids].map((id) => [id, words(old.resources?.[id], more.resources?.[id])]),
    ),
  }
}
