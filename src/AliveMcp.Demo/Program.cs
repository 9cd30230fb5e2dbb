using System.Text.Json;
using AliveMcp.Demo;

if (!DemoOptions.TryParse(args, out var options, out var problem))
{
    await Console.Error.WriteLineAsync($"{problem}\n{DemoOptions.Usage}");
    return 64;
}

using var stop = new StopSignal(options.ExitWithStdin);
var running = new List<WebApplication>();
try
{
    var urls = new Dictionary<string, string>(StringComparer.Ordinal);
    foreach (var (server, port) in DemoServers.All(TimeProvider.System).Zip(options.Ports))
    {
        var (app, url) = await server.StartAsync(port, stop.Token);
        running.Add(app);
        urls.Add(server.Name, url);
    }

    await Console.Out.WriteLineAsync(JsonSerializer.Serialize(urls));
    await stop.Wait;
    return 0;
}
catch (IOException taken)
{
    await Console.Error.WriteLineAsync(taken.Message);
    return 1;
}
finally
{
    await Task.WhenAll(running.Select(app => app.DisposeAsync().AsTask()));
}
