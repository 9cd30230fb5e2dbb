using System.Diagnostics;

namespace AliveMcp.Cli.Tests;

/// <summary>Our programs as processes of their own, from the folder of the tests.</summary>
internal static class Children
{
    public static Process Start(string program, params string[] args)
    {
        var path = Path.Combine(AppContext.BaseDirectory, program);
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && IsDotnet(host) ? host : "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(path);
        Array.ForEach(args, start.ArgumentList.Add);
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    private static bool IsDotnet(string host) =>
        Path.GetFileNameWithoutExtension(host).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
}
