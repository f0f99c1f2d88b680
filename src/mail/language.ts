// The language of a message: the person's attribute `locale`, if there are texts in it; else the language of their account's pages;
// else English.
import { firstLanguage, type Language, languages } from '../../views/languages/languages.ts'
import { german } from './languages/de.ts'
import { spanish } from './languages/es.ts'
import { french } from './languages/fr.ts'
import { japanese } from './languages/ja.ts'
import { english, englishWords, type MailLanguage } from './texts.ts'

/** The texts of each language of the pages. */
export const mailLanguages: Readonly<Record<Language, MailLanguage>> = {
  en: { words: englishWords, texts: english },
  de: german,
  fr: french,
  es: spanish,
  ja: japanese,
}

/**
 * The first of these that has texts: the person's language, their account's, English.
 * @param user their attribute `locale` is a language tag (RFC 5646)
 * @param ofAccount language of its brand
 */
export const languageOf = (
  { attributes }: { readonly attributes?: { readonly locale?: string | undefined } | undefined },
  ofAccount?: string | undefined,
): Language => firstLanguage([attributes?.locale, ofAccount].filter((one) => one !== undefined)) ?? 'en'

/** The language that a message was queued in; English for what is none. */
export const knownLanguage = (value: unknown): Language =>
  languages.find((language) => language === value) ?? 'en'
