namespace AliveMcp.Cli;

/// <summary>What the command says to a script. The numbers are public and never change.</summary>
internal static class ExitCodes
{
    /// <summary>Live, or whatever else the command was asked for was done.</summary>
    public const int Fine = 0;

    public const int Degraded = 1;

    public const int Down = 2;

    /// <summary>Live but protected, and nothing was seen behind the gate.</summary>
    public const int Protected = 3;

    /// <summary>We could not look.</summary>
    public const int Unknown = 4;

    /// <summary>What was waited for did not come (the same number as <see cref="Degraded"/>, which only a probe says).</summary>
    public const int NotInTime = 1;

    /// <summary>A contract changed in a way that must not pass (the same number as <see cref="Degraded"/>, which only a probe says).</summary>
    public const int Gated = 1;

    /// <summary>The command line is wrong (EX_USAGE of sysexits.h).</summary>
    public const int Usage = 64;

    /// <summary>What was handed over is refused (EX_DATAERR).</summary>
    public const int Refused = 65;

    /// <summary>A file that was named cannot be read (EX_NOINPUT).</summary>
    public const int NoInput = 66;

    /// <summary>The service does not answer, or not as it should (EX_UNAVAILABLE).</summary>
    public const int Unavailable = 69;

    /// <summary>There is no token, or it is not good for this (EX_NOPERM).</summary>
    public const int NoPermission = 77;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
