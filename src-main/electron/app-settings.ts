import { nativeTheme } from 'electron';
import { type AppSettings, appSettingsSchema, defaultAppSettings } from '../../shared/model/app-settings.ts';
import { chooseReadingThreads } from '../core/workers/reading-threads.ts';
import { OwnDocument } from './own-document.ts';

type Changed = { [Name in keyof AppSettings]?: AppSettings[Name] | undefined };

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
  change({ theme, threads, notify }: Changed): void {
    const { current } = this;
    this.#settings = {
      theme: theme ?? current.theme,
      threads: threads === undefined ? current.threads : threads,
      notify: notify ?? current.notify,
    };
    this.#document.write(this.#settings);
    obey(this.#settings);
  }
}

function obey({ theme, threads }: AppSettings): void {
  nativeTheme.themeSource = theme;
  chooseReadingThreads(threads);
}
