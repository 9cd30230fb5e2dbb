using System.Diagnostics;
using System.Globalization;
using AliveMcp.Testing.Time;

namespace AliveMcp.Tenancy.Tests.SignIn.Providers;

/// <summary>A certified OpenID Connect provider that others wrote, running on a free port of 127.0.0.1 until it is disposed of.</summary>
internal sealed class RealProvider : IAsyncDisposable
{
    public const string Secret = "a client's secret: with + & % signs";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly string _listenFile;

    private RealProvider(Process process, string listenFile, string issuer) =>
        (_process, _listenFile, Issuer) = (process, listenFile, issuer);

    public string Issuer { get; }

    /// <param name="algorithm">How it signs.</param>
    /// <param name="callback">Where it sends people back to.</param>
    public static async Task<RealProvider> StartAsync(string algorithm, Uri callback)
    {
        var listenFile = Path.Combine(Path.GetTempPath(), $"alivemcp-oidc-{Guid.NewGuid():n}");
        var start = new ProcessStartInfo(Node())
        {
            WorkingDirectory = Folder(),
            RedirectStandardInput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("--require");
        start.ArgumentList.Add("./loopback.cjs");
        start.ArgumentList.Add("oidc.mjs");
        foreach (
            var (name, value) in new[]
            {
                ("LISTEN_FOR", "3999"),
                ("LISTEN_FILE", listenFile),
                ("CLIENT_SECRET", Secret),
                ("CALLBACK", callback.AbsoluteUri),
                ("SIGN", algorithm),
            }
        )
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        await Eventually.GetAsync(
            () => Task.FromResult(File.Exists(listenFile) || process.HasExited),
            isThere => isThere,
            Patience
        );
        var port = int.Parse(await File.ReadAllTextAsync(listenFile), CultureInfo.InvariantCulture);
        return new RealProvider(process, listenFile, $"http://127.0.0.1:{port}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        File.Delete(_listenFile);
    }

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AliveMcp.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? "", "tests", "real-servers");
    }

    /// <summary>The folder's own Node where the system's was too old, else the system's.</summary>
    private static string Node() =>
        Directory
            .EnumerateDirectories(Path.Combine(Folder(), "node_modules"), "node-*")
            .Select(folder => Path.Combine(folder, "bin", "node"))
            .FirstOrDefault(File.Exists)
        ?? "node";
}
