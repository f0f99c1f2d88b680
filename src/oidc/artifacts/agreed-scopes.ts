// The scopes, claims and resource scopes that a person consented to, and the union of two consents.

/** The parts of a grant that a person consents to, in the shape of oidc-provider's Grant. */
export interface AgreedScopes {
  readonly openid?:
    | { readonly scope?: string | undefined; readonly claims?: readonly string[] | undefined }
    | undefined
  readonly resources?: Readonly<Record<string, string>> | undefined
}

const joinScopes = (...texts: readonly (string | undefined)[]): string =>
  [...new Set(texts.flatMap((text) => text?.split(' ') ?? []).filter((word) => word !== ''))].join(' ')

/** The union of two consents. */
export function mergeAgreed(old: AgreedScopes, more: AgreedScopes): AgreedScopes {
  const ids = new Set([...Object.keys(old.resources ?? {}), ...Object.keys(more.resources ?? {})])
  return {
    openid: {
      scope: joinScopes(old.openid?.scope, more.openid?.scope),
      claims: [...new Set([...(old.openid?.claims ?? []), ...(more.openid?.claims ?? [])])],
    },
    resources: Object.fromEntries(
      [...ids].map((id) => [id, joinScopes(old.resources?.[id], more.resources?.[id])]),
    ),
  }
}
