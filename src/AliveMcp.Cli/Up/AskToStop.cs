using System.Diagnostics;
using System.Globalization;

namespace AliveMcp.Cli.Up;

/// <summary>SIGTERM: the platform's own API can only kill, the shell can ask.</summary>
internal static class AskToStop
{
    public static async Task SendAsync(int pid, CancellationToken cancellationToken)
    {
        using var ask = Process.Start(
            "/bin/sh",
            ["-c", "kill -TERM \"$1\"", "sh", pid.ToString(CultureInfo.InvariantCulture)]
        );
        await ask.WaitForExitAsync(cancellationToken);
    }
}
