import { nativeTheme } from 'electron';
import type { Requests } from '../../shared/ipc/contract.ts';
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

  /** Those that are not named stay as they are. */
  change(changed: Requests['changeSetting']['input']): void {
    this.#settings = { ...this.#settings, ...changed };
    this.#document.write(this.#settings);
    obey(this.#settings);
  }
}

function obey({ theme, threads }: AppSettings): void {
  nativeTheme.themeSource = theme;
  chooseReadingThreads(threads);
}
