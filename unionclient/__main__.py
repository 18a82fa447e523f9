"""`python -m unionclient`."""

from unionclient.cli import main

if __name__ == "__main__":
    main()
