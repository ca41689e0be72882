.PHONY: run test setup
run: ; ./run
test: ; ./run test
setup: ; ./run setup
