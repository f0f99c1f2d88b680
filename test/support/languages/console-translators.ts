// The console in every language, loaded.
import type { Translate } from '../../../views/html.ts'
import { consoleCatalogue, consoleTranslator } from '../../../views/languages/console/catalogues.ts'
import type { Language } from '../../../views/languages/languages.ts'

export const consoleCatalogues = {
  de: await consoleCatalogue('de'),
  es: await consoleCatalogue('es'),
  fr: await consoleCatalogue('fr'),
  ja: await consoleCatalogue('ja'),
}

export const consoleTranslators: Readonly<Record<Language, Translate>> = {
  en: await consoleTranslator('en'),
  de: await consoleTranslator('de'),
  es: await consoleTranslator('es'),
  fr: await consoleTranslator('fr'),
  ja: await consoleTranslator('ja'),
}
