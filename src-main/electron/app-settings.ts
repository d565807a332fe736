import { nativeTheme } from 'electron';
import { type AppSettings, appSettingsSchema, defaultAppSettings } from '../../shared/model/app-settings.ts';
import { chooseReadingThreads } from '../core/workers/reading-threads.ts';
import { OwnDocument } from './own-document.ts';

/** What a person chose of the app, kept in a file of its own; what it says is in force as soon as it is known. */
export class AppSettingsFile {
  readonly #document: OwnDocument<AppSettings>;
  #settings: AppSettings;

  constructor(file: string) {
    this.#document = new OwnDocument(file, appSettingsSchema);
    this.#settings = this.#document.read() ?? defaultAppSettings;
    obey(this.#settings);
  }

  get current(): AppSettings {
    return this.#settings;
  }

  change(settings: AppSettings): void {
    this.#settings = settings;
    this.#document.write(settings);
    obey(settings);
  }
}

function obey({ theme, threads }: AppSettings): void {
  nativeTheme.themeSource = theme;
  chooseReadingThreads(threads);
}
