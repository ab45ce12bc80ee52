# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# nd's FileCheck tests: RUN lines find nd-opt, ndc, FileCheck and not on the PATH.
import os

import lit.formats

config.name = "nd"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test"]
config.excludes = ["inputs"]
config.test_source_root = os.path.dirname(__file__)
config.environment["PATH"] = os.pathsep.join(
    [config.nd_tools_dir, config.llvm_tools_dir, config.environment.get("PATH", "")]
)
# A failing FileCheck shows what it was given.
config.environment["FILECHECK_OPTS"] = "--dump-input=fail"
