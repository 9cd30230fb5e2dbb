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

    /// <summary>The command line is wrong (EX_USAGE of sysexits.h).</summary>
    public const int Usage = 64;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
