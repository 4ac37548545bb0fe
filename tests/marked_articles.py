"""Articles that end, hold or fail the process that reads them: an import hook for the workers of a test run.

`write_hook` writes a `sitecustomize` into a folder. With that folder on PYTHONPATH, every process of a run wraps
`pipeline.extract.extract_article`: a marked text then does what its mark says. Nothing of it is part of the product.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

HOOK = '''
import importlib.abc, importlib.machinery, os, signal, sys
from pathlib import Path

HERE = Path(__file__).parent


class Hook(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name != "pipeline.extract":
            return None
        sys.meta_path.remove(self)
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        load = spec.loader.exec_module
        spec.loader.exec_module = lambda module: (load(module), wrap(module))
        return spec


def wrap(module):
    read = module.extract_article

    def extract_article(article, *rest):
        obey(article.text)
        return read(article, *rest)

    module.extract_article = extract_article


def obey(text):
    if "MARK-KILL" in text:
        note("kill")
        os.kill(os.getpid(), signal.SIGKILL)
    if "MARK-ONCE" in text and note("once") == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    while "MARK-HANG" in text:
        pass


def note(what):
    """Count how often something happened, over all processes."""
    with (HERE / what).open("a") as file:
        file.write("x")
    return (HERE / what).stat().st_size


sys.meta_path.insert(0, Hook())
'''


def write_hook(folder: Path) -> Path:
    """Write the hook; its folder belongs on PYTHONPATH."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(textwrap.dedent(HOOK))
    return folder
