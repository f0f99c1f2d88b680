// The attributes of a user besides name and e-mail address, as one table. The mapping of identity providers, the user record,
// token claims, discovery's `claims_supported` and the account page use it, so that a new attribute is one entry here and a row
// in test/store/person.test.ts.

/** OIDC Core §5.4: the scopes that request attributes. */
export type AttributeScope = 'profile' | 'phone'

export interface PersonAttribute {
  /** The claim in ID tokens and userinfo (OIDC Core §5.1), and its name in `mapping:` of an identity provider. */
  readonly claim: string
  readonly scope: AttributeScope
  /** Label on pages. */
  readonly label: string
  /** Whether a value is valid; invalid values are ignored. */
  readonly accepts: (value: string) => boolean
  /** Default claims of each kind of identity provider, used without an entry in its `mapping:`. */
  readonly from: Readonly<Partial<Record<'openid' | 'oauth2' | 'saml' | 'ldap', readonly string[]>>>
}

/**
 * Text that is displayed as one line: without control and format characters (such as U+202E, which reverses what follows),
 * line separators and lone surrogates (`\p{Cs}` matches these alone), which UTF-8 cannot hold.
 */
export const oneLine = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u

/** One line of 1 to 256 characters. */
const line = (value: string): boolean =>
  value !== '' && value.length <= 512 && Array.from(value).length <= 256 && oneLine.test(value)

/** BCP 47, such as `de` or `pt-BR`. */
function languageTag(value: string): boolean {
  try {
    return value.length <= 35 && Intl.getCanonicalLocales(value).length === 1
  } catch {
    return false
  }
}

/** The usual names, because a DateTimeFormat takes a tenth of a millisecond. */
const usualTimeZones: ReadonlySet<string> = new Set(Intl.supportedValuesOf('timeZone'))

/** A name of the IANA time zone database, such as `Europe/Berlin`. */
function timeZone(value: string): boolean {
  if (usualTimeZones.has(value)) return true
  try {
    return (
      /^[A-Za-z0-9_+\-/]{1,64}$/.test(value) && new Intl.DateTimeFormat('en', { timeZone: value }) !== null
    )
  } catch {
    return false
  }
}

/** An https URL without credentials. */
function imageUrl(value: string): boolean {
  const url = URL.parse(value)
  return value.length <= 2048 && url?.protocol === 'https:' && url.username === '' && url.password === ''
}

/** Digits with the usual separators; E.164 allows 15 digits. An extension may follow. */
const phoneNumber = (value: string): boolean => /^\+?[0-9][0-9 ().-]{3,30}(?:;ext=[0-9]{1,8})?$/.test(value)

const saml = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'

export const personAttributes = {
  givenName: {
    claim: 'given_name',
    scope: 'profile',
    label: 'First name',
    accepts: line,
    from: {
      openid: ['given_name'],
      saml: ['givenName', 'urn:oid:2.5.4.42', `${saml}givenname`],
      ldap: ['givenName'],
    },
  },
  familyName: {
    claim: 'family_name',
    scope: 'profile',
    label: 'Last name',
    accepts: line,
    from: { openid: ['family_name'], saml: ['sn', 'urn:oid:2.5.4.4', `${saml}surname`], ldap: ['sn'] },
  },
  locale: {
    claim: 'locale',
    scope: 'profile',
    label: 'Language',
    accepts: languageTag,
    from: { openid: ['locale'], saml: ['preferredLanguage'], ldap: ['preferredLanguage'] },
  },
  timeZone: {
    claim: 'zoneinfo',
    scope: 'profile',
    label: 'Time zone',
    accepts: timeZone,
    from: { openid: ['zoneinfo'] },
  },
  picture: {
    claim: 'picture',
    scope: 'profile',
    label: 'Picture',
    accepts: imageUrl,
    from: { openid: ['picture'], oauth2: ['picture', 'avatar_url'] },
  },
  phoneNumber: {
    claim: 'phone_number',
    scope: 'phone',
    label: 'Phone',
    accepts: phoneNumber,
    from: { openid: ['phone_number'], saml: ['telephoneNumber'], ldap: ['telephoneNumber'] },
  },
} as const satisfies Readonly<Record<string, PersonAttribute>>

export type AttributeName = keyof typeof personAttributes

/** The attributes that a user has; others are absent. */
export type PersonAttributes = Readonly<Partial<Record<AttributeName, string>>>

export const attributeNames = Object.keys(personAttributes) as readonly AttributeName[]

/** Builds an object with one entry per attribute. */
export const forAttributes = <T>(
  make: (name: AttributeName, attribute: PersonAttribute) => T,
): Readonly<Record<AttributeName, T>> =>
  Object.fromEntries(attributeNames.map((name) => [name, make(name, personAttributes[name])])) as Record<
    AttributeName,
    T
  >

/** The valid values of `given`. */
export const acceptedAttributes = (
  given: Readonly<Partial<Record<AttributeName, string | undefined>>>,
): PersonAttributes =>
  Object.fromEntries(
    attributeNames.flatMap((name) => {
      const value = given[name]
      return value !== undefined && personAttributes[name].accepts(value) ? [[name, value]] : []
    }),
  )

/** The claims of those attributes (OIDC Core §5.1). */
export const attributeClaims = (attributes: PersonAttributes): Readonly<Record<string, string>> =>
  Object.fromEntries(
    attributeNames.flatMap((name) => {
      const value = attributes[name]
      return value === undefined ? [] : [[personAttributes[name].claim, value]]
    }),
  )

/** The claims that a scope requests. */
export const claimsOfScope = (scope: AttributeScope): readonly string[] =>
  attributeNames.flatMap((name) =>
    personAttributes[name].scope === scope ? [personAttributes[name].claim] : [],
  )
