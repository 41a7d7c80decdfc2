# SPDX-License-Identifier: BSD-2-Clause
# GNU make. All is built below $(BUILD); "make help" lists the targets; V=1 shows the commands.
BUILD   ?= build
V       ?= 0
JOBS    ?= $(or $(shell nproc 2>/dev/null),2)
DESTDIR ?=
.DEFAULT_GOAL := all
MAKEFLAGS     += --no-builtin-rules --no-print-directory
.SUFFIXES:
.DELETE_ON_ERROR:

# These goals stand before configure, or configure a folder of their own.
FREE := help setup demo check check-full asan style dist clean
ifneq ($(filter-out $(FREE),$(or $(MAKECMDGOALS),all)),)
include $(BUILD)/config.mk
endif

$(BUILD)/config.mk: configure
	./configure --builddir=$(BUILD) $(CONFIGURE_ARGS)

version  = $(shell sed -n 's/^\#define PLT_VERSION_$(1) *//p' include/platen.h)
VERSION := $(call version,MAJOR).$(call version,MINOR).$(call version,PATCH)
SONAME  := libplaten.so.$(call version,MAJOR)
Q       := $(if $(filter 1,$(V)),,@)
say      = $(if $(filter 1,$(V)),,@printf '  %-5s %s\n' $(1) '$(2)')

LIB_C   := $(sort $(wildcard lib/*/*.c))
TOOL_C  := $(sort $(wildcard tools/platen.c tools/cmd_*.c))
TEST_C  := $(sort $(wildcard tests/check_*.c tests/verify_*.c))
TEST_SH := $(sort $(wildcard tests/*.sh))
BENCH_C := $(sort $(wildcard bench/bench_*.c))
MAN_SCD := $(sort $(wildcard tools/man/*.scd))
LIB_O   := $(LIB_C:%.c=$(BUILD)/obj/%.o)
TOOL_O  := $(TOOL_C:%.c=$(BUILD)/obj/%.o)
TESTS   := $(TEST_C:tests/%.c=$(BUILD)/tests/%)
BENCHES := $(BENCH_C:bench/%.c=$(BUILD)/bench/%)
MAN     := $(if $(SCDOC),$(MAN_SCD:tools/man/%.scd=$(BUILD)/man/%))
OBJ_ALL := $(LIB_O) $(TOOL_O) $(TEST_C:%.c=$(BUILD)/obj/%.o) $(BENCH_C:%.c=$(BUILD)/obj/%.o)

# config.h comes first in every file, so that a switch of configure is never missed. Fields that an
# initializer leaves out are zero, which tables of properties rely on.
ALL_CFLAGS = -std=c11 -D_POSIX_C_SOURCE=200809L -include $(BUILD)/config.h $(FLAGS) $(SANITIZE) \
  -Wall -Wextra -Wno-missing-field-initializers -Wshadow -Wvla -Wstrict-prototypes -fPIC \
  -fvisibility=hidden -MMD -MP \
  -I$(BUILD) -Ilib -Iinclude $(DEP_CFLAGS) $(CFLAGS)
ALL_LDFLAGS = -Wl,--as-needed $(SANITIZE) $(LDFLAGS)
LINK = $(CC) $(FLAGS) $(CFLAGS) $(ALL_LDFLAGS)

.PHONY: all programs tests benches run-check run-check-full FORCE
all: $(BUILD)/libplaten.so $(if $(TOOL_C),$(BUILD)/platen) $(MAN)
tests: $(TESTS)
benches: $(BENCHES)

$(OBJ_ALL): $(BUILD)/obj/%.o: %.c Makefile $(BUILD)/config.mk
	$(call say,CC,$<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(if $(filter tests/%,$<),$(CHECK_CFLAGS)) -c -o $@ $<

# The list changes when a file comes or goes, so that no object of a removed file stays inside.
$(BUILD)/lib.list: FORCE
	@mkdir -p $(@D)
	@echo '$(LIB_O)' | cmp -s - $@ || echo '$(LIB_O)' >$@

# Tests see the hidden functions too, hence the archive; it is not installed.
$(BUILD)/libplaten.a: $(LIB_O) $(BUILD)/lib.list
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $(LIB_O)

$(BUILD)/libplaten.so: $(LIB_O) $(BUILD)/lib.list
	$(call say,LD,$@)
	$(Q)$(LINK) -shared -Wl,-soname,$(SONAME) $(if $(SANITIZE),,-Wl,-z,defs) -o $@ $(LIB_O) $(DEP_LIBS)
	$(Q)ln -sf libplaten.so $(BUILD)/$(SONAME)

$(BUILD)/platen: $(TOOL_O) $(BUILD)/libplaten.so
	$(call say,LD,$@)
	$(Q)$(LINK) -Wl,-rpath,'$$ORIGIN:$$ORIGIN/../lib' -o $@ $(TOOL_O) -L$(BUILD) -lplaten $(DEP_LIBS)

$(TESTS): $(BUILD)/tests/%: $(BUILD)/obj/tests/%.o $(BUILD)/libplaten.a
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) -o $@ $< $(BUILD)/libplaten.a $(DEP_LIBS) $(CHECK_LIBS)

$(BENCHES): $(BUILD)/bench/%: $(BUILD)/obj/bench/%.o $(BUILD)/libplaten.a
	$(call say,LD,$@)
	@mkdir -p $(@D)
	$(Q)$(LINK) -o $@ $< $(BUILD)/libplaten.a $(DEP_LIBS)

$(BUILD)/man/%: tools/man/%.scd
	$(call say,MAN,$@)
	@mkdir -p $(@D)
	$(Q)$(SCDOC) <$< >$@

-include $(OBJ_ALL:.o=.d)

# ---- one command from nothing ---------------------------------------------------------------
.PHONY: setup demo check check-full asan valgrind
setup: $(BUILD)/setup.stamp
$(BUILD)/setup.stamp: tools/setup
	tools/setup
	@mkdir -p $(@D) && touch $@
$(BUILD)/setup-full.stamp: tools/setup
	tools/setup --full
	@mkdir -p $(@D) && touch $@

demo: $(BUILD)/setup.stamp
	@$(MAKE) all
	tools/demo $(BUILD)

# T=words runs only the tests whose name holds one of the words: make check T="check_mesh cli";
# what else cannot be built does not stop them.
check: $(BUILD)/setup.stamp
	@$(MAKE) -k -j$(JOBS) all tests $(if $(T),|| true)
	@$(MAKE) run-check
run-check:
	@BUILD=$(BUILD) JOBS=$(JOBS) tests/run $(T)

check-full: $(BUILD)/setup-full.stamp
	@$(MAKE) -j$(JOBS) all tests
	@BUILD=$(BUILD) JOBS=$(JOBS) tests/run --full $(T)

asan: $(BUILD)/setup.stamp
	@test -f $(BUILD)/asan/config.mk || \
	  ./configure --builddir=$(BUILD)/asan --enable-asan --enable-debug
	@$(MAKE) -k -j$(JOBS) BUILD=$(BUILD)/asan all tests $(if $(T),|| true)
	@BUILD=$(BUILD)/asan JOBS=$(JOBS) tests/run --asan $(T)

valgrind: all tests
	@BUILD=$(BUILD) JOBS=$(JOBS) tests/run --valgrind $(T)

.PHONY: bench style tidy
bench: all benches
	@BUILD=$(BUILD) bench/run $(T)

style:
	@tools/dev/style $(BUILD)

tidy:
	$(Q)printf '%s\n' $(LIB_C) $(TOOL_C) | xargs -P $(JOBS) -I {} \
	  clang-tidy-14 --quiet --warnings-as-errors='*' {} -- -std=c11 -D_POSIX_C_SOURCE=200809L \
	  -include $(BUILD)/config.h -I$(BUILD) -Ilib -Iinclude $(DEP_CFLAGS)

# ---- install --------------------------------------------------------------------------------
.PHONY: install uninstall dist clean help
to = $(DESTDIR)$(PREFIX)
install: all
	install -d $(to)/bin $(to)/lib/pkgconfig $(to)/include $(to)/share/platen/meshes
	install -m 755 $(BUILD)/libplaten.so $(to)/lib/libplaten.so.$(VERSION)
	ln -sf libplaten.so.$(VERSION) $(to)/lib/$(SONAME)
	ln -sf $(SONAME) $(to)/lib/libplaten.so
	install -m 644 include/platen.h $(to)/include
	sed -e 's|@VERSION@|$(VERSION)|' -e 's|@MPI@|$(MPI_MODULE)|' tools/platen.pc.in \
	  >$(to)/lib/pkgconfig/platen.pc
	$(if $(TOOL_C),install -m 755 $(BUILD)/platen $(to)/bin)
	$(if $(MESHES),install -m 644 $(MESHES) $(to)/share/platen/meshes)
	$(foreach m,$(MAN),install -D -m 644 $m $(to)/share/man/man$(subst .,,$(suffix $m))/$(notdir $m);)

MESHES = $(sort $(wildcard meshes/*.*))

uninstall:
	rm -f $(to)/bin/platen $(to)/lib/libplaten.so* $(to)/lib/pkgconfig/platen.pc \
	  $(to)/include/platen.h $(foreach m,$(MAN),$(to)/share/man/man?/$(notdir $m))
	rm -rf $(to)/share/platen

dist:
	@mkdir -p $(BUILD)
	git archive --prefix=platen-$(VERSION)/ -o $(BUILD)/platen-$(VERSION).tar.gz HEAD

clean:
	rm -rf $(BUILD)

help:
	@echo 'make             library and command, into $(BUILD)'
	@echo 'make demo        set up this machine, build, run the RDL-first sample'
	@echo 'make check       set up this machine, build, run the tests (T=word: only those)'
	@echo 'make check-full  the same with the long tests and ParaView'
	@echo 'make bench       speed and size of the solver, written as CSV'
	@echo 'make style       formatting, order of the rooms, exported names, size limits'
	@echo 'make tidy        clang-tidy'
	@echo 'make asan        build and test with the address and undefined-behaviour sanitizers'
	@echo 'make valgrind    the tests on one rank under valgrind'
	@echo 'make install     below the prefix of configure, or PREFIX=...; DESTDIR=... goes in front'
	@echo 'make uninstall   remove it again'
	@echo 'make dist        a tarball of the last commit'
	@echo 'make clean       remove $(BUILD)'
