import { plantIn } from './plant.mjs';

const saving = plantIn('examples/cairn_callback.py');

/** What Python code that was copied loses, tears or claims. @type {import('./plant.mjs').Mutant[]} */
export const FROM_PYTHON = [
  saving('Python: the bytes of a file are not synced', '        _sync(file.fileno())\n'),
  saving(
    'Python: a model has its name before its bytes are synced',
    'lambda file: torch.save(contents, file))',
    'lambda file: (torch.save(contents, file), os.replace(staged.name, target), os.link(target, staged.name)))',
  ),
  saving(
    'Python: the name of a sidecar is not synced',
    '        os.replace(staged_sidecar.name, sidecar)\n        _sync_folder(target.parent)\n',
    '        os.replace(staged_sidecar.name, sidecar)\n',
  ),
  saving(
    'Python: the name of a model is not synced',
    '    _remove(old)\n    _sync_folder(target.parent)\n',
    '    _remove(old)\n',
  ),
  saving(
    'Python: that the old sidecar is gone is not synced',
    '            os.replace(sidecar, old)\n            _sync_folder(target.parent)\n',
    '            os.replace(sidecar, old)\n',
  ),
  saving('Python: the name of a new folder is not synced', '        _sync_folder(folder.parent)\n'),
  saving(
    'Python: the sidecar comes before the model',
    '        _replace_model(staged.name, target, sidecar)\n        os.replace(staged_sidecar.name, sidecar)\n',
    '        os.replace(staged_sidecar.name, sidecar)\n        os.replace(staged.name, target)\n',
  ),
  saving(
    'Python: the old sidecar stays as the new model comes',
    '        if sidecar.exists():\n',
    '        if False:\n',
  ),
  saving(
    'Python: where the model cannot come, the old sidecar stays away',
    '            os.replace(old, sidecar)\n',
    '            pass\n',
  ),
  saving('Python: the lock is not taken', '_take_lock(run, wait, until) if fcntl else None', 'None'),
  saving(
    'Python: threads that spell a run differently do not wait for each other',
    '_threads[status.st_dev, status.st_ino]',
    '_threads[run]',
  ),
  saving(
    'Python: a save that a callback could not do counts as done',
    '        return False\n    callback.told',
    '        return True\n    callback.told',
  ),
  saving(
    'Python: the entropy coefficient is not saved',
    'for name, value in variables.items() if value is not None',
    'for name, value in ()',
  ),
  saving(
    'Python: the checksum is of other bytes',
    'self.sha256.update(data)',
    'self.sha256.update(bytes(data)[1:])',
  ),
  saving(
    'Python: a save that fails leaves its file',
    '            file.close()\n            _remove(file.name)\n',
    '            file.close()\n',
  ),
  saving('Python: the sidecar of another model is taken', '        _refuse_shared_sidecar(folder, name)\n'),
  saving(
    'Python: a number that another program has is acknowledged',
    'if claim and not _has_name',
    'if not target and not _has_name',
  ),
  saving('Python: a number that the trash has is given again', ' + [path.name for path in trashed]'),
  saving('Python: files of living processes are swept', 'if owned and _has_ended', 'if owned or _has_ended'),
  saving(
    'Python: the checkpoint before is not kept',
    'if config["backup_before_overwrite"] and target.exists():',
    'if not target:',
  ),
  saving(
    'Python: a file of which the disk kept a part passes',
    'if size != hashing.size:',
    'if size > hashing.size:',
  ),
  saving(
    'Python: that a folder cannot be synced is no failure, whatever the error',
    '            raise\n        _warn_once',
    '            pass\n        _warn_once',
  ),
];
