// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// From the start of a process to its first result and its end.
#include <benchmark/benchmark.h>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <chrono>
#include <filesystem>
#include <string>

extern char **environ;

namespace {

std::string program; // bench-first-result, beside this one

void start(benchmark::State &state) {
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
  for (auto _ : state) {
    char *arguments[] = {program.data(), nullptr};
    pid_t child;
    int status = 1;
    const auto begin = std::chrono::steady_clock::now();
    if (posix_spawn(&child, program.c_str(), &quiet, nullptr, arguments, environ) == 0)
      waitpid(child, &status, 0);
    state.SetIterationTime(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    if (status != 0)
      state.SkipWithError("bench-first-result failed");
  }
  posix_spawn_file_actions_destroy(&quiet);
}

} // namespace

BENCHMARK(start)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(1)->Repetitions(25);

int main(int argc, char **argv) {
  program = std::filesystem::canonical("/proc/self/exe").replace_filename("bench-first-result");
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
