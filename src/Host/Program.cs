using Stagedoor.Host.Commands;

return await StagedoorCommands.RunAsync(args, Console.Out, Console.Error);
