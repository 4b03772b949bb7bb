// write_demo_workspace FOLDER: the demo's workspace without its traffic, for the tests that check and export it.

#include "lab/demo.h"

#include <cstdio>

int main(int argc, char** argv) {
    using namespace gatehouse;
    if (argc != 2) return 2;
    auto demo = lab::Demo::prepare(argv[1]);
    if (!demo) std::fprintf(stderr, "%s\n", demo.error().message.c_str());
    return demo ? 0 : 1;
}
