using System.Text.Json;
using AliveMcp.Host.Embedded.Children;

namespace AliveMcp.Host.Embedded;

/// <summary>The demo servers, on the ports of the last start: a server that moves begins its history anew.</summary>
internal sealed class EmbeddedDemo : IAsyncDisposable
{
    private readonly SupervisedChild _child;

    private EmbeddedDemo(SupervisedChild child, IReadOnlyDictionary<string, Uri> servers)
    {
        _child = child;
        Servers = servers;
    }

    /// <summary>Slug to endpoint.</summary>
    public IReadOnlyDictionary<string, Uri> Servers { get; }

    /// <exception cref="ChildFailedException">It could not be started.</exception>
    public static async Task<EmbeddedDemo> StartAsync(
        InstallFolder folder,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        var ports = Path.Combine(folder.Root, "demo-ports");
        try
        {
            return await StartOnAsync(ports, folder, log, cancellationToken);
        }
        catch (ChildFailedException) when (File.Exists(ports))
        {
            // Somebody else has one of them now.
            File.Delete(ports);
            return await StartOnAsync(ports, folder, log, cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private static async Task<EmbeddedDemo> StartOnAsync(
        string ports,
        InstallFolder folder,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        var heard = new TaskCompletionSource<IReadOnlyDictionary<string, Uri>>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        var child = await SupervisedChild.StartAsync(
            () => Order(ports, folder, line => Hear(line, ports, heard)),
            token => heard.Task.WaitAsync(token),
            TimeProvider.System,
            log,
            cancellationToken
        );
        return new EmbeddedDemo(child, await heard.Task);
    }

    private static ChildOrder Order(string ports, InstallFolder folder, Action<string> heard) =>
        new()
        {
            Name = "demo",
            Command = OwnProgram.Command(
                "demo",
                "AliveMcp.Demo.dll",
                "--ports",
                File.Exists(ports) ? File.ReadAllText(ports).Trim() : "0",
                "--exit-with-stdin"
            ),
            Environment = ChildEnvironment.WithoutOurs(),
            PidFile = folder.PidFileOf("demo"),
            LogFile = folder.LogOf("demo"),
            Heard = heard,
        };

    /// <summary>Its first line of JSON names every server and its endpoint.</summary>
    private static void Hear(string line, string ports, TaskCompletionSource<IReadOnlyDictionary<string, Uri>> heard)
    {
        if (!line.StartsWith('{') || heard.Task.IsCompleted)
        {
            return;
        }

        try
        {
            var urls = JsonSerializer.Deserialize<Dictionary<string, Uri>>(line) ?? [];
            PrivateFiles.Write(ports, string.Join(',', urls.Values.Select(url => url.Port)) + "\n");
            heard.TrySetResult(
                urls.ToDictionary(server => "demo-" + server.Key, server => server.Value, StringComparer.Ordinal)
            );
        }
        catch (JsonException fault)
        {
            heard.TrySetException(fault);
        }
    }
}
