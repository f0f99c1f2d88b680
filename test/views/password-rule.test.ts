// The note under the field of a new password: every rule of the account's policy, in the language of the page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultPasswordPolicy } from '../../src/iam/password/password-policy.ts'
import { htmlText } from '../../views/html.ts'
import { translator } from '../../views/language.ts'
import { languages } from '../../views/languages/languages.ts'
import { passwordRuleText } from '../../views/password-rule.ts'

const strict = {
  minimumLength: 12,
  requireUppercase: true,
  requireLowercase: true,
  requireNumbers: true,
  requireSymbols: true,
  reusePrevention: 3,
}

test('the rules of an account are one sentence in the language of the page', () => {
  const shown = languages.map((language) => htmlText(passwordRuleText(translator(language), strict)))
  assert.equal(
    shown[0],
    'At least 12 characters, at least one uppercase letter, at least one lowercase letter, at least one number, at least one symbol, none of your last 3 passwords, not your user name and not a common password.',
  )
  assert.equal(
    shown[1],
    'Mindestens 12 Zeichen, mindestens ein Großbuchstabe, mindestens ein Kleinbuchstabe, mindestens eine Ziffer, mindestens ein Sonderzeichen, keines Ihrer letzten 3 Passwörter, nicht Ihr Benutzername und kein gängiges Passwort.',
  )
  assert.equal(new Set(shown).size, languages.length)
})

test('what a policy does not require is not named', () => {
  assert.equal(
    htmlText(passwordRuleText(translator('de'), defaultPasswordPolicy)),
    'Mindestens 8 Zeichen, nicht Ihr Benutzername und kein gängiges Passwort.',
  )
})
