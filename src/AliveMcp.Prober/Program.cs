using AliveMcp.Hosting.Logs;
using AliveMcp.Hosting.Start;
using AliveMcp.Prober;
using AliveMcp.Prober.Cell;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

if (args is [CellProgram.Word])
{
    return CellProgram.Run(new ConfigurationBuilder().AddEnvironmentVariables().Build());
}

return await Launch.RunAsync(async () =>
{
    var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
    var read = ProberOptions.Read(configuration);
    if (!read.TryGet(out var options))
    {
        throw new StartRefusedException(read.Problems);
    }

    var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
    builder.Logging.AddAliveMcpLogs(configuration);
    builder.Services.AddProber(options);
    await builder.Build().RunAsync();
    return 0;
});
